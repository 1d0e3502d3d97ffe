package io.avatarservice.server.driver.liveportrait.face;

/** Lays animated crops back into the portrait that they were cut from. Safe for use by many threads. */
public final class PasteBack {

    private static final int SIDE = PortraitCrop.SIDE;
    private static final int CHANNELS = 3;

    private final byte[] portrait;
    private final float[] cover;
    private final AffineWarp warp;
    private final int width;
    private final AffineWarp.Window window;

    /**
     * What all frames of a portrait share.
     *
     * @param portrait {@code height × width × 3} bytes; not copied, not to be changed
     * @param toCrop the map from the portrait to the crop
     */
    public PasteBack(byte[] portrait, int width, int height, Affine toCrop) {
        this.portrait = portrait;
        Affine back = toCrop.inverted().rounded();
        this.warp = new AffineWarp(back, width, height, CHANNELS);
        byte[] mask = new AffineWarp(back, width, height, 1).apply(FeatherMask.pixels(), SIDE, SIDE);
        this.cover = new float[mask.length];
        for (int i = 0; i < mask.length; i++) {
            cover[i] = (mask[i] & 0xFF) / 255f;
        }
        this.width = width;
        this.window = window(mask, width, height);
    }

    /** The part of the portrait that frames change at all. */
    private static AffineWarp.Window window(byte[] mask, int width, int height) {
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0) {
                left = Math.min(left, i % width);
                top = Math.min(top, i / width);
                right = Math.max(right, i % width + 1);
                bottom = i / width + 1;
            }
        }
        return new AffineWarp.Window(left, top, right, bottom);
    }

    /**
     * The portrait with one frame in it.
     *
     * @param frame {@code 512 × 512 × 3} bytes, channels as in the portrait
     * @return {@code height × width × 3} bytes
     */
    public byte[] paste(byte[] frame) {
        byte[] picture = portrait.clone();
        warp.apply(frame, SIDE, SIDE, picture, window);
        for (int y = window.top(); y < window.bottom(); y++) {
            for (int i = (y * width + window.left()) * CHANNELS; i < (y * width + window.right()) * CHANNELS; i++) {
                float seen = cover[i / CHANNELS];
                // cut, not rounded, as in the reference
                picture[i] = (byte) (int) (seen * (picture[i] & 0xFF) + (1 - seen) * (portrait[i] & 0xFF));
            }
        }
        return picture;
    }
}
