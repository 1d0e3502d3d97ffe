package io.avatarservice.server.driver.liveportrait.motion;

import io.avatarservice.server.torch.FloatTensor;

/** Places canonical keypoints: turned, deformed by the expression, scaled and moved. Computed in double. */
public final class KeypointTransform {

    private static final int AXES = 3;

    private KeypointTransform() {}

    /**
     * Computes {@code scale · (kp · R + exp) + (tx, ty, 0)}. Translation in depth is dropped, as in training.
     *
     * @param keypoints canonical, {@code [B,3K]}, x, y and z of each
     * @param rotation {@code [B,3,3]}, see {@link HeadRotation}
     * @param expression a displacement per keypoint, {@code [B,3K]}
     * @param scale {@code [B,1]}
     * @param translation {@code [B,3]}
     * @return {@code [B,K,3]}
     */
    public static FloatTensor apply(
            FloatTensor keypoints,
            FloatTensor rotation,
            FloatTensor expression,
            FloatTensor scale,
            FloatTensor translation) {
        int batch = keypoints.size(0);
        int row = keypoints.size(1);
        int points = row / AXES;
        keypoints.requireShape("the keypoints", batch, (long) points * AXES);
        rotation.requireShape("the rotation", batch, AXES, AXES);
        expression.requireShape("the expression", batch, row);
        scale.requireShape("the scale", batch, 1);
        translation.requireShape("the translation", batch, AXES);
        float[] values = new float[keypoints.values().length];
        for (int at = 0; at < values.length; at++) {
            int frame = at / row;
            int axis = at % AXES;
            double turned = expression.values()[at];
            for (int k = 0; k < AXES; k++) {
                turned += (double) keypoints.values()[at - axis + k]
                        * rotation.values()[(frame * AXES + k) * AXES + axis];
            }
            double moved = axis < 2 ? translation.values()[frame * AXES + axis] : 0;
            values[at] = (float) (scale.values()[frame] * turned + moved);
        }
        return FloatTensor.of(values, batch, points, AXES);
    }
}
