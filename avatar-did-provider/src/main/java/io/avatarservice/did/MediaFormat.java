package io.avatarservice.did;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a file is, by its first bytes and never by its name. */
enum MediaFormat {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WAV("audio/wav", "wav"),
    MP3("audio/mpeg", "mp3"),
    M4A("audio/mp4", "m4a"),
    MP4("video/mp4", "mp4"),
    FLAC("audio/flac", "flac"),
    OGG("audio/ogg", "ogg"),
    AAC("audio/aac", "aac");

    private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final String contentType;
    private final String extension;

    MediaFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    String contentType() {
        return contentType;
    }

    String extension() {
        return extension;
    }

    /** The format of the file that begins so, or {@code null} if it is none of these. */
    static @Nullable MediaFormat of(ByteBuffer head) {
        if (has(head, 0, JPEG_START)) {
            return JPEG;
        }
        if (has(head, 0, PNG_START)) {
            return PNG;
        }
        if (has(head, 0, "RIFF") && has(head, 8, "WAVE")) {
            return WAV;
        }
        if (has(head, 4, "ftyp")) {
            return has(head, 8, "M4A") ? M4A : MP4;
        }
        if (has(head, 0, "fLaC")) {
            return FLAC;
        }
        if (has(head, 0, "OggS")) {
            return OGG;
        }
        return has(head, 0, "ID3") ? MP3 : ofAudioFrame(head);
    }

    /** MP3 and AAC begin with the same eleven ones; the layer behind the version tells them apart, and AAC has none. */
    private static @Nullable MediaFormat ofAudioFrame(ByteBuffer head) {
        if (head.remaining() < 2 || (head.get(head.position()) & 0xff) != 0xff) {
            return null;
        }
        int second = head.get(head.position() + 1) & 0xff;
        if ((second & 0xf6) == 0xf0) {
            return AAC;
        }
        boolean layer = (second & 0x06) != 0;
        return (second & 0xe0) == 0xe0 && layer ? MP3 : null;
    }

    private static boolean has(ByteBuffer head, int offset, String text) {
        return has(head, offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean has(ByteBuffer head, int offset, byte[] expected) {
        if (head.remaining() < offset + expected.length) {
            return false;
        }
        byte[] found = new byte[expected.length];
        head.duplicate().position(head.position() + offset).get(found);
        return Arrays.equals(found, expected);
    }
}
