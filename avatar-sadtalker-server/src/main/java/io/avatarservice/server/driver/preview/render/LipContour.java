package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.face.FaceMesh;

/**
 * Moves the inner lip contour of a smiling portrait to where its teeth end. The mesh is a pixel or two off there, and
 * those pixels would stay between the lips as a white seam when they close.
 */
final class LipContour {

    /** The rows of lip points from the inner contour outwards, from the right corner to the left, entry by entry. */
    private static final int[][] UPPER = {
        FaceTopology.INNER_UPPER_LIP,
        {62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292},
        {76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306},
        {61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291}
    };

    private static final int[][] LOWER = {
        FaceTopology.INNER_LOWER_LIP,
        {62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292},
        {76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306},
        {61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291}
    };

    /** Share of the inner contour's move that each row takes part in: the outline of the lips stays. */
    private static final float[] SHARE = {1, 0.6f, 0.3f, 0};
    /** How far across the lip teeth are looked for, as a share of its thickness. */
    private static final float REACH = 0.75f;
    /** Brightness between the lip's (0) and the teeth's (1) where one ends and the other begins. */
    private static final float EDGE = 0.3f;

    private static final int STEPS = 24;

    private LipContour() {}

    /**
     * The mesh with its inner lip contour on the teeth's edge; the mesh itself where the lips are closed.
     *
     * @param pixels the portrait
     */
    static FaceMesh refine(Pixels pixels, FaceMesh mesh, FaceFrame frame) {
        if (new MouthShape(mesh, frame).meanRestGap() < MouthTexture.OWN_MOUTH) {
            return mesh;
        }
        float[] points = mesh.points().clone();
        refine(pixels, mesh, UPPER, LOWER[0], points);
        refine(pixels, mesh, LOWER, UPPER[0], points);
        return new FaceMesh(points, mesh.score());
    }

    private static void refine(Pixels pixels, FaceMesh mesh, int[][] rows, int[] opposite, float[] points) {
        int[] inner = rows[0];
        int[] outer = rows[rows.length - 1];
        int n = inner.length;
        float[] move = new float[n];
        float[] whiteness = new float[STEPS + 1];
        for (int i = 1; i < n - 1; i++) {
            float teeth = Math.max(
                    whiteness(pixels, mesh, inner[i], opposite[i], 0.15f),
                    whiteness(pixels, mesh, inner[i], opposite[i], 0.4f));
            float lip = Float.POSITIVE_INFINITY;
            for (int step = 0; step <= STEPS; step++) {
                whiteness[step] = whiteness(pixels, mesh, inner[i], outer[i], REACH * step / STEPS);
                lip = Math.min(lip, whiteness[step]);
            }
            float edge = lip + EDGE * (teeth - lip);
            int step = 0;
            while (step < STEPS && whiteness[step] > edge) {
                step++;
            }
            // No edge on the whole way is no evidence: glossy or pale lips.
            move[i] = step < STEPS ? REACH * step / STEPS : 0;
        }
        for (int i = 1; i < n - 1; i++) {
            float neighbors = (move[i - 1] + move[i + 1]) / 2;
            float share = Math.max(move[i], neighbors);
            float dx = share * (mesh.x(outer[i]) - mesh.x(inner[i]));
            float dy = share * (mesh.y(outer[i]) - mesh.y(inner[i]));
            for (int row = 0; row < rows.length; row++) {
                points[3 * rows[row][i]] += SHARE[row] * dx;
                points[3 * rows[row][i] + 1] += SHARE[row] * dy;
            }
        }
    }

    private static float whiteness(Pixels pixels, FaceMesh mesh, int from, int to, float t) {
        return whiteness(
                pixels,
                mesh.x(from) + t * (mesh.x(to) - mesh.x(from)),
                mesh.y(from) + t * (mesh.y(to) - mesh.y(from)),
                new float[3]);
    }

    /** High for teeth, low for lips and the dark between: bright, and no redder than it is green and blue. */
    private static float whiteness(Pixels pixels, float x, float y, float[] color) {
        pixels.sample(x, y, color);
        return Math.min(color[0], color[1]);
    }
}
