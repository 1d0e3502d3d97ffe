package io.avatarservice.server.driver.liveportrait.face;

/** Lays animated crops back into the portrait that they were cut from. Safe for use by many threads. */
public final class PasteBack {

    private static final int SIDE = PortraitCrop.SIDE;
    private static final int CHANNELS = 3;

    private final byte[] portrait;
    private final float[] cover;
    private final AffineWarp warp;

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
    }

    /**
     * The portrait with one frame in it.
     *
     * @param frame {@code 512 × 512 × 3} bytes, channels as in the portrait
     * @return {@code height × width × 3} bytes
     */
    public byte[] paste(byte[] frame) {
        byte[] picture = warp.apply(frame, SIDE, SIDE);
        for (int i = 0; i < picture.length; i++) {
            float seen = cover[i / CHANNELS];
            // cut, not rounded, as in the reference
            picture[i] = (byte) (int) (seen * (picture[i] & 0xFF) + (1 - seen) * (portrait[i] & 0xFF));
        }
        return picture;
    }
}
