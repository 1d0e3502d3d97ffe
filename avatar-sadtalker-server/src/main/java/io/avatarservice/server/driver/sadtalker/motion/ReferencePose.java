package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** Moves the head as that of a reference video moves. */
public final class ReferencePose {

    private ReferencePose() {}

    /**
     * Adds how far the reference has moved since its first row. A short reference starts again at its first row.
     *
     * @param poses smoothed poses, {@code [N,6]}
     * @param reference coefficient rows at 25 per second, {@code [M,70 or more]}
     * @return a new {@code [N,6]}
     */
    public static FloatTensor follow(FloatTensor poses, FloatTensor reference) {
        int pose = CoefficientLayout.POSE;
        Shapes.requireRows("the poses", poses, pose);
        Shapes.requireRows("the reference", reference, CoefficientLayout.CROP_ROW);
        int width = reference.size(1);
        float[] values = poses.values().clone();
        for (int i = 0; i < values.length; i++) {
            int column = CoefficientLayout.EXPRESSION + i % pose;
            int row = i / pose % reference.size(0);
            values[i] += reference.values()[row * width + column] - reference.values()[column];
        }
        return FloatTensor.of(values, poses.size(0), pose);
    }
}
