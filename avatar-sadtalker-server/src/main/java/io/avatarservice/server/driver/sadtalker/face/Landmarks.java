package io.avatarservice.server.driver.sadtalker.face;

/**
 * The 68 points of a face (iBUG 300-W order) in the pixels of one picture, float32 as in the reference.
 *
 * @param xy x and y per point, y downwards; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
public record Landmarks(float[] xy) {

    /** Number of points. */
    public static final int POINTS = 68;

    public Landmarks {
        if (xy.length != 2 * POINTS) {
            throw new IllegalArgumentException("expected " + 2 * POINTS + " values, got " + xy.length);
        }
    }

    public float x(int point) {
        return xy[2 * point];
    }

    public float y(int point) {
        return xy[2 * point + 1];
    }

    /** The points after {@code x·scaleX + offsetX} and the same for y. */
    Landmarks transformed(double scaleX, double offsetX, double scaleY, double offsetY) {
        float[] moved = new float[xy.length];
        for (int i = 0; i < xy.length; i += 2) {
            moved[i] = (float) (xy[i] * scaleX + offsetX);
            moved[i + 1] = (float) (xy[i + 1] * scaleY + offsetY);
        }
        return new Landmarks(moved);
    }
}
