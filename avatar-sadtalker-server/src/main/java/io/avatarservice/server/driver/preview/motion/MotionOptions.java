package io.avatarservice.server.driver.preview.motion;

/**
 * What a motion may be asked for.
 *
 * @param seed the same seed and sound give the same motion, to the bit
 * @param blink whether the eyes blink
 * @param still whether the head keeps its place; mouth, brows and eyelids move all the same
 * @param expressionScale how far mouth and brows move: 0 not at all, 1 as people do, 3 at most
 */
public record MotionOptions(long seed, boolean blink, boolean still, double expressionScale) {

    private static final double MAX_EXPRESSION_SCALE = 3;

    public MotionOptions {
        // Negated, so that NaN is refused too.
        if (!(expressionScale >= 0 && expressionScale <= MAX_EXPRESSION_SCALE)) {
            throw new IllegalArgumentException("expressionScale must be between 0 and 3, got " + expressionScale);
        }
    }
}
