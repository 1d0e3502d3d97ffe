package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** The expression that the speech is added to. */
public final class ReferenceExpression {

    private ReferenceExpression() {}

    /**
     * Repeats the expressions of some rows until there are enough: one row for a portrait, many for a reference video.
     * A reference video's whole expression is taken, not its eyes alone; no blinks are added then.
     *
     * @param rows coefficient rows at 25 per second, {@code [M,64 or more]}
     * @param frames how many are needed
     * @return {@code [frames,64]}
     */
    public static FloatTensor repeat(FloatTensor rows, int frames) {
        int length = CoefficientLayout.EXPRESSION;
        Shapes.requireRows("the reference", rows, length);
        int width = rows.size(1);
        float[] values = new float[frames * length];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(rows.values(), frame % rows.size(0) * width, values, frame * length, length);
        }
        return FloatTensor.of(values, frames, length);
    }
}
