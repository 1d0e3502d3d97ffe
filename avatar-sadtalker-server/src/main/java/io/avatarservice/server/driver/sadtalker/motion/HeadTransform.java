package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** Turns and moves a portrait's keypoints into those of a frame. Computed in double, rounded once to float32. */
public final class HeadTransform {

    /** What the network was trained with in place of pi; the true value would turn every head by other angles. */
    private static final double PI = 3.14;

    private static final int AXES = 3;

    private HeadTransform() {}

    /**
     * Rotates, shifts up or down, and adds the expression. Sideways and depth translation are ignored, as in training.
     *
     * @param keypoints the portrait's canonical keypoints, {@code [1,K,3]}: x, y, z with x and y in {@code -1..1}
     * @param angles of {@code B} frames
     * @param translation {@code [B,3]}, of which y is used
     * @param expression a displacement per keypoint, {@code [B,3K]}
     * @return {@code [B,K,3]}
     */
    public static FloatTensor apply(
            FloatTensor keypoints, HeadAngles angles, FloatTensor translation, FloatTensor expression) {
        int batch = angles.yaw().length;
        int points = keypoints.size(1);
        Shapes.require("the keypoints", keypoints, 1, points, AXES);
        Shapes.require("the translation", translation, batch, AXES);
        Shapes.require("the expression", expression, batch, (long) points * AXES);
        float[] values = new float[batch * points * AXES];
        for (int i = 0; i < batch; i++) {
            double[] rotation = rotation(angles.yaw()[i], angles.pitch()[i], angles.roll()[i]);
            float up = translation.values()[i * AXES + 1];
            for (int point = 0; point < points; point++) {
                for (int axis = 0; axis < AXES; axis++) {
                    int at = (i * points + point) * AXES + axis;
                    double sum = (axis == 1 ? up : 0.0) + expression.values()[at];
                    for (int k = 0; k < AXES; k++) {
                        sum += rotation[axis * AXES + k] * keypoints.values()[point * AXES + k];
                    }
                    values[at] = (float) sum;
                }
            }
        }
        return FloatTensor.of(values, batch, points, AXES);
    }

    /** Roll first, then yaw, then pitch: the product of the rotations about x, y and z, row-major. */
    static double[] rotation(double yaw, double pitch, double roll) {
        double cy = Math.cos(yaw / 180 * PI);
        double sy = Math.sin(yaw / 180 * PI);
        double cp = Math.cos(pitch / 180 * PI);
        double sp = Math.sin(pitch / 180 * PI);
        double cr = Math.cos(roll / 180 * PI);
        double sr = Math.sin(roll / 180 * PI);
        return new double[] {
            cy * cr,
            -cy * sr,
            sy,
            cp * sr + sp * sy * cr,
            cp * cr - sp * sy * sr,
            -sp * cy,
            sp * sr - cp * sy * cr,
            sp * cr + cp * sy * sr,
            cp * cy
        };
    }
}
