package io.avatarservice.server.driver.sadtalker.face;

import java.util.Locale;

/** SadTalker's ways to bring a portrait to the square that is animated. */
public enum Preprocess {
    /** The face; the video shows the face. */
    CROP(true, false, false),
    /** More around the face; the video shows the same. */
    EXTCROP(true, true, false),
    /** The whole picture, squeezed; the video has its shape. */
    RESIZE(false, false, false),
    /** The face, pasted back into the picture. */
    FULL(true, false, true),
    /** More around the face, pasted back into the picture. */
    EXTFULL(true, true, true);

    private final boolean cropped;
    private final boolean extended;
    private final boolean pastedBack;

    Preprocess(boolean cropped, boolean extended, boolean pastedBack) {
        this.cropped = cropped;
        this.extended = extended;
        this.pastedBack = pastedBack;
    }

    /** Whether the face must be found in the whole picture first. */
    public boolean cropped() {
        return cropped;
    }

    /** Whether the wider of the two crops is animated. */
    public boolean extended() {
        return extended;
    }

    /** Whether the frames are pasted back into the picture. */
    public boolean pastedBack() {
        return pastedBack;
    }

    /** The option's value, such as {@code extfull}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
