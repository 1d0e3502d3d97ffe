package io.avatarservice.server.driver.liveportrait.motion;

import io.avatarservice.server.torch.FloatTensor;

/**
 * How one face is posed, without whose face it is.
 *
 * @param rotation {@code [1,3,3]}, see {@link HeadRotation}
 * @param expression a displacement per keypoint, {@code [1,63]}
 * @param scale {@code [1,1]}
 * @param translation {@code [1,3]}
 */
public record HeadMotion(FloatTensor rotation, FloatTensor expression, FloatTensor scale, FloatTensor translation) {

    private static final int AXES = 3;

    public HeadMotion {
        rotation.requireShape("the rotation", 1, AXES, AXES);
        expression.requireShape("the expression", 1, expression.size(1));
        scale.requireShape("the scale", 1, 1);
        translation.requireShape("the translation", 1, AXES);
    }

    /** This face's keypoints {@code [1,K,3]} from canonical ones {@code [1,3K]}. */
    public FloatTensor place(FloatTensor canonical) {
        return KeypointTransform.apply(canonical, rotation, expression, scale, translation);
    }
}
