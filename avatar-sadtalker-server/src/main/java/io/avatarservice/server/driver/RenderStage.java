package io.avatarservice.server.driver;

import java.util.Locale;

/** Where a render is. The order of the constants is the order of the stages. */
public enum RenderStage {
    /** Inputs are being downloaded. */
    FETCHING,
    /** Inputs are being decoded and analyzed: face, speech. */
    ANALYZING,
    /** Frames are being rendered and encoded. */
    RENDERING,
    /** The finished video is being stored. */
    STORING;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
