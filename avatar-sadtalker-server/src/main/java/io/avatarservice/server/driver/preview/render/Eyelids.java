package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.face.FaceMesh;

/** One eye's lids and brow. */
final class Eyelids {

    /**
     * Share of a lid's closure that the lower lid contributes. Negative: the lids meet a little below the lower lid's
     * contour, so that no white of the eye is left where the mesh has it too high.
     */
    private static final float LOWER_LID_SHARE = -0.12f;

    /** Where the upper lid's points lie, from the outer to the inner corner; face units throughout. */
    private final float[] x;

    private final float[] upper;
    private final float[] lower;
    private final int[] upperPoints;
    private final int[] lowerPoints;
    /** How far each point of the lower lid lies beside its partner. */
    private final float[] lean;

    private final float browY;
    private final float centerX;
    private final float halfWidth;

    Eyelids(FaceMesh face, FaceFrame frame, int[] upperLid, int[] lowerLid, int brow) {
        int n = upperLid.length;
        x = new float[n];
        upper = new float[n];
        lower = new float[n];
        lean = new float[n];
        upperPoints = upperLid;
        lowerPoints = lowerLid;
        for (int i = 0; i < n; i++) {
            float ux = frame.localX(face.x(upperLid[i]), face.y(upperLid[i]));
            float lx = frame.localX(face.x(lowerLid[i]), face.y(lowerLid[i]));
            x[i] = ux;
            lean[i] = lx - ux;
            upper[i] = frame.localY(face.x(upperLid[i]), face.y(upperLid[i]));
            lower[i] = frame.localY(face.x(lowerLid[i]), face.y(lowerLid[i]));
        }
        browY = frame.localY(face.x(brow), face.y(brow));
        centerX = (x[0] + x[n - 1]) / 2;
        halfWidth = Math.max(0.05f, Math.abs(x[n - 1] - x[0]) / 2);
    }

    /** How a vertex moves sideways when the eye closes: only the lids' own points do, each towards its partner. */
    float closureX(int vertex) {
        for (int i = 0; i < upperPoints.length; i++) {
            if (upperPoints[i] == vertex) {
                return (1 - LOWER_LID_SHARE) * lean[i];
            }
            if (lowerPoints[i] == vertex) {
                return -LOWER_LID_SHARE * lean[i];
            }
        }
        return 0;
    }

    /**
     * How a vertex moves down when the eye closes, face units.
     *
     * @param vx its place, face units
     * @param vy likewise
     */
    float closureY(int vertex, float vx, float vy) {
        for (int i = 0; i < upperPoints.length; i++) {
            if (upperPoints[i] == vertex) {
                return (1 - LOWER_LID_SHARE) * (lower[i] - upper[i]);
            }
            if (lowerPoints[i] == vertex) {
                return -LOWER_LID_SHARE * (lower[i] - upper[i]);
            }
        }
        if (Math.abs(vx - centerX) > halfWidth) {
            return 0;
        }
        float top = Smooth.along(x, upper, vx);
        float bottom = Smooth.along(x, lower, vx);
        float gap = Math.max(0, bottom - top);
        float middle = (top + bottom) / 2;
        if (vy < middle) {
            float reach = Math.max(0.08f, 0.8f * (top - browY));
            return (1 - LOWER_LID_SHARE) * gap * (1 - Smooth.step(0, reach, top - vy));
        }
        return -LOWER_LID_SHARE * gap * (1 - Smooth.step(0, 0.12f, vy - bottom));
    }

    /** A raised brow takes the forehead's lower half along and leaves the lid where it is. */
    float brow(float vx, float vy) {
        float up = Math.max(0, browY - vy);
        float down = Math.max(0, vy - browY);
        return -0.045f
                * Smooth.gauss(vx - centerX, 0.22f)
                * (1 - Smooth.step(0, 0.4f, up))
                * (1 - Smooth.step(0, 0.13f, down));
    }
}
