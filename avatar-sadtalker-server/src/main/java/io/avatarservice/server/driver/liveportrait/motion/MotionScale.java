package io.avatarservice.server.driver.liveportrait.motion;

import io.avatarservice.server.torch.FloatTensor;

/** How much larger the portrait's face moves than the driving one, which the option {@code expression-friendly} wants. */
public final class MotionScale {

    private MotionScale() {}

    /**
     * The ratio of the faces' sizes, from the hulls of their keypoints: of the square roots of the volumes, as in the
     * reference.
     *
     * @param source keypoints of the portrait, {@code [1,K,3]}
     * @param firstDriving keypoints of the first frame, {@code [1,K,3]}
     */
    public static double between(FloatTensor source, FloatTensor firstDriving) {
        return Math.sqrt(ConvexHull.volume(source)) / Math.sqrt(ConvexHull.volume(firstDriving));
    }
}
