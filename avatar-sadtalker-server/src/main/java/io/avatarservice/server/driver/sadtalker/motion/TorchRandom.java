package io.avatarservice.server.driver.sadtalker.motion;

/**
 * Draws what PyTorch's {@code randn} draws on a CPU after {@code manual_seed(seed)}, up to the last bits of its vectorized
 * logarithm and cosine. For one thread.
 */
final class TorchRandom {

    /** Values that PyTorch makes at a time where a tensor has 16 or more. */
    private static final int GROUP = 16;

    private static final float UNIFORM_STEP = 0x1p-24f;

    private final MersenneTwister bits;

    /** Seeds the generator; PyTorch uses the low 32 bits of a seed. */
    TorchRandom(long seed) {
        bits = new MersenneTwister((int) seed);
    }

    /**
     * What {@code randn(size)} returns.
     *
     * @param size a multiple of 16: others are drawn in another way
     */
    float[] normal(int size) {
        if (size % GROUP != 0) {
            throw new IllegalArgumentException("the size must be a multiple of %d, got %d".formatted(GROUP, size));
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (bits.next() & 0xFFFFFF) * UNIFORM_STEP;
        }
        for (int group = 0; group < size; group += GROUP) {
            for (int i = group; i < group + GROUP / 2; i++) {
                pair(values, i, i + GROUP / 2);
            }
        }
        return values;
    }

    /** Turns two uniform values into two normal ones (Box &amp; Muller 1958), rounding where PyTorch rounds. */
    private static void pair(float[] values, int first, int second) {
        float radius = (float) Math.sqrt(-2 * (float) Math.log(1 - values[first]));
        float angle = (float) (2 * Math.PI) * values[second];
        values[first] = radius * (float) Math.cos(angle);
        values[second] = radius * (float) Math.sin(angle);
    }
}
