package io.avatarservice.server.driver.liveportrait.face;

import java.util.Arrays;

/**
 * Moves pictures of bytes exactly as OpenCV's {@code warpAffine} with {@code INTER_LINEAR} and a black border does: with
 * positions in 1/32 of a pixel. Safe for use by many threads.
 */
public final class AffineWarp {

    /** Positions are summed up in 1/1024 and then cut to 1/32. */
    private static final int POSITION_SCALE = 1024;

    private static final int HALF_STEP = 16;
    private static final int STEP_BITS = 5;
    private static final int STEPS = 1 << STEP_BITS;

    private final Affine backward;
    private final int width;
    private final int height;
    private final int channels;
    private final int[] alongX;
    private final int[] alongY;

    /**
     * A warp to one size.
     *
     * @param forward from the source's pixels to the target's
     * @param channels bytes per pixel, in any order
     */
    public AffineWarp(Affine forward, int width, int height, int channels) {
        this.backward = forward.inverted();
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.alongX = new int[width];
        this.alongY = new int[width];
        Arrays.setAll(alongX, x -> scaled(backward.a() * x));
        Arrays.setAll(alongY, x -> scaled(backward.d() * x));
    }

    /**
     * Moves one picture.
     *
     * @param source {@code sourceHeight × sourceWidth × channels} bytes without padding
     * @return {@code height × width × channels} bytes
     */
    public byte[] apply(byte[] source, int sourceWidth, int sourceHeight) {
        if (source.length != (long) sourceWidth * sourceHeight * channels) {
            throw new IllegalArgumentException(
                    "expected %dx%dx%d bytes, got %d".formatted(sourceWidth, sourceHeight, channels, source.length));
        }
        byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        for (int y = 0; y < height; y++) {
            row(source, sourceWidth, sourceHeight, y, 0, width, target, y * width * channels);
        }
        return target;
    }

    /**
     * The same for a part of a row. Pixels that the source does not cover become black.
     *
     * @param y the row
     * @param left its first column
     * @param right the column after the last
     * @param to where in {@code target} the first pixel goes
     */
    void row(byte[] source, int sourceWidth, int sourceHeight, int y, int left, int right, byte[] target, int to) {
        int startX = scaled(backward.b() * y + backward.c()) + HALF_STEP;
        int startY = scaled(backward.e() * y + backward.f()) + HALF_STEP;
        int at = to;
        for (int x = left; x < right; x++) {
            int atX = (startX + alongX[x]) >> STEP_BITS;
            int atY = (startY + alongY[x]) >> STEP_BITS;
            blend(source, sourceWidth, sourceHeight, atX, atY, target, at);
            at += channels;
        }
    }

    /** The same for a packed picture of three channels, faster. */
    void row(PackedPicture source, int y, int left, int right, byte[] target, int to) {
        int startX = scaled(backward.b() * y + backward.c()) + HALF_STEP;
        int startY = scaled(backward.e() * y + backward.f()) + HALF_STEP;
        int at = to;
        for (int x = left; x < right; x++) {
            int atX = (startX + alongX[x]) >> STEP_BITS;
            int atY = (startY + alongY[x]) >> STEP_BITS;
            source.blend(atX >> STEP_BITS, atY >> STEP_BITS, atX & STEPS - 1, atY & STEPS - 1, STEP_BITS, target, at);
            at += channels;
        }
    }

    private static int scaled(double position) {
        return (int) Math.rint(position * POSITION_SCALE);
    }

    private void blend(byte[] source, int sourceWidth, int sourceHeight, int atX, int atY, byte[] target, int to) {
        int x = atX >> STEP_BITS;
        int y = atY >> STEP_BITS;
        if (x < -1 || y < -1 || x >= sourceWidth || y >= sourceHeight) {
            Arrays.fill(target, to, to + channels, (byte) 0);
            return;
        }
        int right = atX & STEPS - 1;
        int lower = atY & STEPS - 1;
        boolean hasLeft = x >= 0;
        boolean hasRight = x + 1 < sourceWidth;
        boolean hasUpper = y >= 0;
        boolean hasLower = y + 1 < sourceHeight;
        int upperLeft = hasUpper && hasLeft ? (STEPS - lower) * (STEPS - right) : 0;
        int upperRight = hasUpper && hasRight ? (STEPS - lower) * right : 0;
        int lowerLeft = hasLower && hasLeft ? lower * (STEPS - right) : 0;
        int lowerRight = hasLower && hasRight ? lower * right : 0;
        int from = (y * sourceWidth + x) * channels;
        int below = sourceWidth * channels;
        for (int channel = 0; channel < channels; channel++) {
            int at = from + channel;
            int sum = 0;
            if (upperLeft > 0) {
                sum += upperLeft * (source[at] & 0xFF);
            }
            if (upperRight > 0) {
                sum += upperRight * (source[at + channels] & 0xFF);
            }
            if (lowerLeft > 0) {
                sum += lowerLeft * (source[at + below] & 0xFF);
            }
            if (lowerRight > 0) {
                sum += lowerRight * (source[at + below + channels] & 0xFF);
            }
            // weights add up to 1024
            target[to + channel] = (byte) ((sum + STEPS * STEPS / 2) >> 2 * STEP_BITS);
        }
    }
}
