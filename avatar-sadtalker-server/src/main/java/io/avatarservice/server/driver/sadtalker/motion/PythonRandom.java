package io.avatarservice.server.driver.sadtalker.motion;

/** Draws what CPython's {@code random} module draws after {@code random.seed(seed)}. For one thread. */
final class PythonRandom {

    private final MersenneTwister bits;

    /** Seeds the generator; Python ignores the sign of a seed, so this does too. */
    PythonRandom(long seed) {
        long magnitude = Math.abs(seed);
        int low = (int) magnitude;
        int high = (int) (magnitude >>> 32);
        bits = new MersenneTwister(high == 0 ? new int[] {low} : new int[] {low, high});
    }

    /** What {@code random.choice(range(from, to))} returns. */
    int choose(int from, int to) {
        return from + below(to - from);
    }

    private int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("there is nothing to choose from");
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int value = randomBits(width);
        while (value >= bound) {
            value = randomBits(width);
        }
        return value;
    }

    /** What {@code random.getrandbits(width)} returns, for a width of 1 to 31. */
    private int randomBits(int width) {
        return bits.next() >>> Integer.SIZE - width;
    }
}
