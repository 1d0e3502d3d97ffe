package io.avatarservice.server.driver.liveportrait.face;

/**
 * A picture of three channels with one number for each pixel, so that all channels are weighted at once, and a black border,
 * so that no neighbor is missing.
 */
final class PackedPicture {

    /** Room for a sum of weights up to 1024 times a byte. */
    private static final int LANE_BITS = 21;

    private static final int LANE = (1 << LANE_BITS) - 1;
    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final int stride;
    private final long[] pixels;

    /** Packs {@code height × width × 3} bytes. */
    PackedPicture(byte[] source, int width, int height) {
        this.width = width;
        this.height = height;
        stride = width + 2;
        pixels = new long[stride * (height + 2)];
        int from = 0;
        for (int y = 1; y <= height; y++) {
            for (int x = 1; x <= width; x++, from += CHANNELS) {
                pixels[y * stride + x] = (source[from] & 0xFFL)
                        | ((source[from + 1] & 0xFFL) << LANE_BITS)
                        | ((source[from + 2] & 0xFFL) << (2 * LANE_BITS));
            }
        }
    }

    /**
     * The weighted mean of four neighbors, rounded.
     *
     * @param x column of the left ones
     * @param y row of the upper ones
     * @param right weight of the right ones, 0 to {@code steps}; the left ones get the rest
     * @param lower weight of the lower ones, 0 to {@code steps}; the upper ones get the rest
     * @param bits of {@code steps}, a power of two
     */
    void blend(int x, int y, int right, int lower, int bits, byte[] target, int to) {
        if (x < -1 || y < -1 || x >= width || y >= height) {
            target[to] = 0;
            target[to + 1] = 0;
            target[to + 2] = 0;
            return;
        }
        long steps = 1L << bits;
        int upperLeft = (y + 1) * stride + x + 1;
        int lowerLeft = upperLeft + stride;
        long half = steps * steps / 2;
        long sum = pixels[upperLeft] * ((steps - lower) * (steps - right))
                + pixels[upperLeft + 1] * ((steps - lower) * right)
                + pixels[lowerLeft] * (lower * (steps - right))
                + pixels[lowerLeft + 1] * ((long) lower * right)
                + (half | (half << LANE_BITS) | (half << (2 * LANE_BITS)));
        target[to] = (byte) ((sum & LANE) >> (2 * bits));
        target[to + 1] = (byte) (((sum >> LANE_BITS) & LANE) >> (2 * bits));
        target[to + 2] = (byte) (sum >> (2 * LANE_BITS + 2 * bits));
    }
}
