package io.avatarservice.server.driver.liveportrait.motion;

import io.avatarservice.server.torch.FloatTensor;

/** Volumes of the convex hulls of keypoints. */
final class ConvexHull {

    private static final int AXES = 3;

    private ConvexHull() {}

    /**
     * The volume, by trying every triangle: keypoints are few. No four of them may lie in one side of the hull, which a
     * network's outputs do not.
     *
     * @param points {@code [1,K,3]}
     */
    static double volume(FloatTensor points) {
        int count = points.size(1);
        float[] values = points.requireShape("the keypoints", 1, count, AXES).values();
        double volume = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                for (int k = j + 1; k < count; k++) {
                    volume += onHull(values, count, i, j, k);
                }
            }
        }
        return volume;
    }

    /** The volume between a triangle and the first point if the triangle is a side of the hull, else 0. */
    private static double onHull(float[] points, int count, int i, int j, int k) {
        boolean above = false;
        boolean below = false;
        for (int other = 0; other < count && !(above && below); other++) {
            if (other != i && other != j && other != k) {
                double side = determinant(points, i, j, k, other);
                above |= side > 0;
                below |= side < 0;
            }
        }
        return above && below ? 0 : Math.abs(determinant(points, i, j, k, 0)) / 6;
    }

    /** Six times the signed volume of a tetrahedron. */
    private static double determinant(float[] points, int i, int j, int k, int apex) {
        double ax = difference(points, i, apex, 0);
        double ay = difference(points, i, apex, 1);
        double az = difference(points, i, apex, 2);
        double bx = difference(points, j, apex, 0);
        double by = difference(points, j, apex, 1);
        double bz = difference(points, j, apex, 2);
        double cx = difference(points, k, apex, 0);
        double cy = difference(points, k, apex, 1);
        double cz = difference(points, k, apex, 2);
        return ax * (by * cz - bz * cy) - ay * (bx * cz - bz * cx) + az * (bx * cy - by * cx);
    }

    private static double difference(float[] points, int point, int from, int axis) {
        return (double) points[point * AXES + axis] - points[from * AXES + axis];
    }
}
