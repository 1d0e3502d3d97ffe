package io.avatarservice.server.driver.liveportrait.face;

import io.avatarservice.server.media.Picture;

/**
 * A portrait in two sizes: reduced to look at, as the reference reduces it, and as it came to paste into.
 */
public final class PortraitPicture {

    private PortraitPicture() {}

    /** Both sizes of a portrait. */
    public static PortraitPicture of(Picture portrait) {
        throw new UnsupportedOperationException(portrait.toString());
    }

    /** The reduced portrait: {@code height × width × 3} bytes, red first. Not to be changed. */
    public byte[] rgb() {
        throw new UnsupportedOperationException();
    }

    /** Width of the reduced portrait: even, at most 1280 pixels. */
    public int width() {
        throw new UnsupportedOperationException();
    }

    /** Height of the reduced portrait: even, at most 1280 pixels. */
    public int height() {
        throw new UnsupportedOperationException();
    }

    /**
     * Cuts out a face of the reduced portrait, red first.
     *
     * @param points of the face, in the reduced portrait
     */
    public PortraitCrop crop(FacePoints points) {
        return PortraitCrop.of(rgb(), width(), height(), points);
    }

    /**
     * Prepares to lay frames into the portrait as it came; it gives the size of the video too.
     *
     * @param crop from {@link #crop}
     */
    public PasteBack pasteBack(PortraitCrop crop) {
        throw new UnsupportedOperationException(crop.toString());
    }
}
