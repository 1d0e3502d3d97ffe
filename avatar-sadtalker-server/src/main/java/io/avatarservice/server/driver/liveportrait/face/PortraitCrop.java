package io.avatarservice.server.driver.liveportrait.face;

/**
 * The face of a portrait, cut out upright.
 *
 * @param pixels {@code 512 × 512 × 3} bytes
 * @param toCrop the map from the portrait to the crop
 */
@SuppressWarnings("ArrayRecordComponent") // pixels, not compared
public record PortraitCrop(byte[] pixels, Affine toCrop) {

    /** Side of the crop. */
    public static final int SIDE = 512;

    /** The reference's defaults: how much of the picture around the face is shown, and of that more above. */
    private static final double SCALE = 2.3;

    private static final double SHIFT = -0.125;
    private static final int CHANNELS = 3;

    /**
     * Cuts a face out.
     *
     * @param picture {@code height × width × 3} bytes, in any order of channels
     */
    public static PortraitCrop of(byte[] picture, int width, int height, FacePoints points) {
        Affine toCrop = FaceSquare.around(points, SCALE, SHIFT).toCrop(SIDE);
        byte[] pixels = new AffineWarp(toCrop, SIDE, SIDE, CHANNELS).apply(picture, width, height);
        return new PortraitCrop(pixels, toCrop);
    }
}
