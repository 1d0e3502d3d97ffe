package io.avatarservice.did;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What a medium is for, and what D-ID takes in that place. */
enum MediaRole {
    IMAGE(
            "image",
            "/images",
            "a JPEG or a PNG",
            10,
            EnumSet.of(MediaFormat.JPEG, MediaFormat.PNG),
            "(https|s3)://[^\\s?#]+\\.(jpe?g|png)([?#]\\S*)?"),
    AUDIO(
            "audio",
            "/audios",
            "WAV, MP3, M4A, MP4, FLAC, AAC or Ogg",
            6,
            EnumSet.complementOf(EnumSet.of(MediaFormat.JPEG, MediaFormat.PNG)),
            // D-ID allows few characters behind the extension: a plus sign, a colon or a tilde there is refused.
            "(https|s3)://[^\\s?#]+\\.(m4a|flac|mp3|mp4|wav)([?#][A-Za-z0-9_./=&#%-]*)?");

    private static final int MEGABYTE = 1024 * 1024;

    private final String field;
    private final String path;
    private final String formatNames;
    private final int maxMegabytes;
    private final Set<MediaFormat> formats;
    private final Pattern address;

    MediaRole(
            String field, String path, String formatNames, int maxMegabytes, Set<MediaFormat> formats, String address) {
        this.field = field;
        this.path = path;
        this.formatNames = formatNames;
        this.maxMegabytes = maxMegabytes;
        this.formats = formats;
        this.address = Pattern.compile(address);
    }

    /** Its name in a form, and in messages. */
    String field() {
        return field;
    }

    /** Where it is uploaded. */
    String path() {
        return path;
    }

    String formatNames() {
        return formatNames;
    }

    int maxMegabytes() {
        return maxMegabytes;
    }

    long maxBytes() {
        return (long) maxMegabytes * MEGABYTE;
    }

    boolean takes(MediaFormat format) {
        return formats.contains(format);
    }

    /** Whether D-ID would fetch it from there by itself; it checks the address before it does. */
    boolean takesAddress(URI url) {
        return address.matcher(url.toString()).matches();
    }
}
