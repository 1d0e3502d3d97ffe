package io.avatarservice.server.driver;

/** What the face in a driver's videos moves after. */
public enum MotionSource {
    /** The speech recording: every request has one, and none has a driving video. */
    SPEECH("audio"),
    /** A driving video: every request has one. Speech is heard in place of the video's own sound, where it is given. */
    DRIVING_VIDEO("driving_video");

    private final String wireName;

    MotionSource(String wireName) {
        this.wireName = wireName;
    }

    /** The input that is meant, by its name on the wire. */
    public String wireName() {
        return wireName;
    }
}
