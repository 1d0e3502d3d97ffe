package io.avatarservice.server.driver.liveportrait.face;

import io.avatarservice.server.torch.FloatTensor;

/**
 * How far the eyes and the lips of a face are open: height to width of their outlines.
 *
 * @param leftEye from 0, closed
 * @param rightEye from 0, closed
 * @param lips from 0, closed
 */
public record OpeningRatios(float leftEye, float rightEye, float lips) {

    private static final int LANDMARKS = 203;
    /** Keeps an outline without width from dividing by zero, as in the reference. */
    private static final double EPS = 1e-6;

    /**
     * The ratios of one face.
     *
     * @param points {@code [203,2]}, in any unit
     */
    public static OpeningRatios of(FloatTensor points) {
        float[] xy = points.requireShape("the landmarks", LANDMARKS, 2).values();
        return new OpeningRatios(ratio(xy, 6, 18, 0, 12), ratio(xy, 30, 42, 24, 36), ratio(xy, 90, 102, 48, 66));
    }

    /**
     * The ratios of one face.
     *
     * @param points 203 landmarks
     */
    public static OpeningRatios of(FacePoints points) {
        return of(points.tensor());
    }

    private static float ratio(float[] xy, int upper, int lower, int left, int right) {
        return (float) (distance(xy, upper, lower) / (distance(xy, left, right) + EPS));
    }

    private static double distance(float[] xy, int from, int to) {
        return Math.hypot((double) xy[2 * from] - xy[2 * to], (double) xy[2 * from + 1] - xy[2 * to + 1]);
    }
}
