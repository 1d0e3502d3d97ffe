package io.avatarservice.server.storage;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a stored video. It cannot be guessed, so knowing it is the permission to download.
 *
 * @param value a random (version 4) UUID with the extension {@code .mp4}
 */
public record VideoKey(String value) {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.mp4");

    public VideoKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a video key is a UUID with the extension .mp4");
        }
    }

    public static VideoKey random() {
        return new VideoKey(UUID.randomUUID() + ".mp4");
    }

    /** The key in {@code text}, or empty where it is none, as for every attempt to name another file. */
    public static Optional<VideoKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new VideoKey(text)) : Optional.empty();
    }
}
