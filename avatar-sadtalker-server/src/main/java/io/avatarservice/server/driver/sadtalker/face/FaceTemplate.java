package io.avatarservice.server.driver.sadtalker.face;

/**
 * Five points of the mean 3-D face and the head pose that a picture's five points say. The coordinates are those of
 * Deep3DFaceRecon's {@code similarity_Lm3D_all.mat}, variable {@code lm}: x to the right, y upwards, z to the viewer,
 * in units of about a face's half height.
 */
final class FaceTemplate {

    /** Left eye, right eye, nose, left and right corner of the mouth; an eye is the middle of its corners. */
    private static final float[][] POINTS = {
        middle(
                -0.4309752285480499f,
                0.2919657528400421f,
                0.10403323173522949f,
                -0.19199791550636292f,
                0.2887558043003082f,
                0.16352581977844238f),
        middle(
                0.1878506988286972f,
                0.28873613476753235f,
                0.16018015146255493f,
                0.43174704909324646f,
                0.290704607963562f,
                0.10341036319732666f),
        {0.003253498813137412f, -0.04617932438850403f, 0.5524424314498901f},
        {-0.25216928124427795f, -0.3813391625881195f, 0.22405731678009033f},
        {0.24846619367599487f, -0.38128235936164856f, 0.22235769033432007f},
    };

    /** The eyes' corners, the tip of the nose, the corners of the mouth; from 0. */
    private static final int[][] LANDMARKS = {{36, 39}, {42, 45}, {30, 30}, {48, 48}, {54, 54}};

    private FaceTemplate() {}

    /**
     * The scaled orthographic projection that takes the template nearest to the landmarks (least squares).
     *
     * @param height of the picture; the template's y goes upwards
     */
    static Projection project(Landmarks landmarks, int height) {
        double[] x = new double[LANDMARKS.length];
        double[] y = new double[LANDMARKS.length];
        for (int i = 0; i < LANDMARKS.length; i++) {
            int a = LANDMARKS[i][0];
            int b = LANDMARKS[i][1];
            // float32 as in the reference
            x[i] = (landmarks.x(a) + landmarks.x(b)) / 2;
            y[i] = ((height - 1 - landmarks.y(a)) + (height - 1 - landmarks.y(b))) / 2;
        }
        double[] rowX = solve(x);
        double[] rowY = solve(y);
        return new Projection((length(rowX) + length(rowY)) / 2, rowX[3], rowY[3]);
    }

    /**
     * The three factors and the offset that take the template's points nearest to {@code targets}. The means are taken
     * out first, which leaves a well conditioned system of three.
     */
    private static double[] solve(double[] targets) {
        double[] mean = new double[3];
        double targetMean = 0;
        for (int i = 0; i < targets.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                mean[axis] += POINTS[i][axis] / (double) targets.length;
            }
            targetMean += targets[i] / targets.length;
        }
        double[][] normal = new double[3][3];
        double[] right = new double[3];
        for (int i = 0; i < targets.length; i++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    normal[a][b] += (POINTS[i][a] - mean[a]) * (POINTS[i][b] - mean[b]);
                }
                right[a] += (POINTS[i][a] - mean[a]) * (targets[i] - targetMean);
            }
        }
        double[] solution = new double[4];
        double determinant = determinant(normal[0], normal[1], normal[2]);
        // Cramer's rule; the matrix is symmetric, so its rows are its columns
        solution[0] = determinant(right, normal[1], normal[2]) / determinant;
        solution[1] = determinant(normal[0], right, normal[2]) / determinant;
        solution[2] = determinant(normal[0], normal[1], right) / determinant;
        solution[3] = targetMean - solution[0] * mean[0] - solution[1] * mean[1] - solution[2] * mean[2];
        return solution;
    }

    private static double determinant(double[] a, double[] b, double[] c) {
        return a[0] * (b[1] * c[2] - b[2] * c[1])
                + a[1] * (b[2] * c[0] - b[0] * c[2])
                + a[2] * (b[0] * c[1] - b[1] * c[0]);
    }

    private static double length(double[] row) {
        return Math.sqrt(row[0] * row[0] + row[1] * row[1] + row[2] * row[2]);
    }

    private static float[] middle(float ax, float ay, float az, float bx, float by, float bz) {
        return new float[] {(ax + bx) / 2, (ay + by) / 2, (az + bz) / 2};
    }

    /**
     * How the template lies in a picture.
     *
     * @param scale pixels per unit of the template
     * @param x of the template's origin, pixels
     * @param y of the template's origin, pixels from the lowest row upwards
     */
    record Projection(double scale, double x, double y) {}
}
