package io.avatarservice.client.observation;

/**
 * What a client was asked to do.
 *
 * @since 0.1.0
 */
public enum AvatarClientOperation {
    /** A render, from the submit to the finished video. */
    RENDER("render"),
    /** A submit whose job is left at the provider. */
    SUBMIT("submit"),
    /** The rest of a render that was submitted earlier. */
    RESUME("resume"),
    /** The download of a finished video. */
    DOWNLOAD("download");

    private final String value;

    AvatarClientOperation(String value) {
        this.value = value;
    }

    /** The name in metrics and traces. */
    public String value() {
        return value;
    }
}
