package io.avatarservice.server.driver.face;

/**
 * The 468 points of MediaPipe's face mesh in picture pixels.
 *
 * @param points {@code x, y, z} per point; z in pixels too, smaller is nearer to the camera, its zero is the head's
 *     center of mass
 * @param score confidence that the points lie on a face, 0..1
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
public record FaceMesh(float[] points, float score) {

    /** Number of points. */
    public static final int POINTS = 468;

    public FaceMesh {
        if (points.length != POINTS * 3) {
            throw new IllegalArgumentException("expected " + POINTS * 3 + " values, got " + points.length);
        }
    }

    public float x(int point) {
        return points[3 * point];
    }

    public float y(int point) {
        return points[3 * point + 1];
    }

    public float z(int point) {
        return points[3 * point + 2];
    }

    /** Distance of two points in the picture plane, in pixels. */
    public float distance(int a, int b) {
        return (float) Math.hypot(x(a) - x(b), y(a) - y(b));
    }
}
