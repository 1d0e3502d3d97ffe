package io.avatarservice.server.driver.liveportrait.face;

/** How much of a crop is seen where it is pasted back: all but a soft edge. */
public final class FeatherMask {

    private static final int SIDE = PortraitCrop.SIDE;
    /** Width of the edge, pixels. Its values are those of the picture that the reference ships. */
    private static final int EDGE = 16;

    private FeatherMask() {}

    /** {@code 512 × 512} bytes, 255 where the crop covers the portrait. */
    public static byte[] pixels() {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double distance = Math.hypot(outside(x), outside(y));
                pixels[y * SIDE + x] = (byte) (255 * Math.max(0, 1 - distance / EDGE));
            }
        }
        return pixels;
    }

    /** How far a row or column lies outside of the full square. The square is a pixel nearer to the far sides. */
    private static int outside(int position) {
        return Math.max(Math.max(EDGE - position, position - (SIDE - EDGE)), 0);
    }
}
