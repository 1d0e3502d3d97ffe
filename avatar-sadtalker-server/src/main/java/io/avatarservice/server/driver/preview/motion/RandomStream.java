package io.avatarservice.server.driver.preview.motion;

import java.util.SplittableRandom;

/** Independent sources of chance: switching one movement off leaves the others as they were. */
enum RandomStream {
    BLINK,
    BROW,
    DRIFT,
    SWAY,
    NOD,
    BREATH;

    /** Weyl increment of SplitMix64: neighboring seeds give unrelated streams. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    SplittableRandom of(long seed) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + GOLDEN_GAMMA * (ordinal() + 1));
    }

    /** A number with the standard normal distribution, by Box and Muller. */
    static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
