package io.avatarservice.did.fake;

import org.jspecify.annotations.Nullable;

/**
 * How a talk ends.
 *
 * @param status {@code done}, {@code error}, {@code rejected}, or one that nobody has heard of
 * @param kind D-ID's name of the error, or {@code null}
 * @param description of the error, or {@code null}
 */
record Ending(
        String status, @Nullable String kind, @Nullable String description) {

    static final Ending DONE = new Ending("done", null, null);

    static Ending of(String status) {
        return "error".equals(status)
                ? new Ending(status, "FaceError", "face not detected")
                : new Ending(status, null, null);
    }
}
