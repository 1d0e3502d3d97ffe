package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.preview.face.FaceMesh;

/**
 * Moves the inner lip contour of a smiling portrait to where its teeth end. The mesh is a pixel or two off there, and
 * those pixels would stay between the lips as a white seam when they close.
 */
final class LipContour {

    /** The row of lip points next to the inner contour, entry by entry. */
    private static final int[] NEXT_UPPER = {62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292};

    private static final int[] NEXT_LOWER = {62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292};

    /** How far towards the next row, and a little beyond it, teeth are looked for. */
    private static final float REACH = 1.6f;
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
        refine(pixels, mesh, FaceTopology.INNER_UPPER_LIP, FaceTopology.INNER_LOWER_LIP, NEXT_UPPER, points);
        refine(pixels, mesh, FaceTopology.INNER_LOWER_LIP, FaceTopology.INNER_UPPER_LIP, NEXT_LOWER, points);
        return new FaceMesh(points, mesh.score());
    }

    private static void refine(Pixels pixels, FaceMesh mesh, int[] contour, int[] opposite, int[] next, float[] points) {
        int n = contour.length;
        float[] move = new float[n];
        float[] color = new float[3];
        for (int i = 1; i < n - 1; i++) {
            float teeth = whiteness(
                    pixels,
                    0.7f * mesh.x(contour[i]) + 0.3f * mesh.x(opposite[i]),
                    0.7f * mesh.y(contour[i]) + 0.3f * mesh.y(opposite[i]),
                    color);
            float towardsX = mesh.x(next[i]) - mesh.x(contour[i]);
            float towardsY = mesh.y(next[i]) - mesh.y(contour[i]);
            float lip = Float.POSITIVE_INFINITY;
            for (int step = STEPS / 2; step <= STEPS; step++) {
                float t = REACH * step / STEPS;
                lip = Math.min(lip, whiteness(pixels, mesh.x(contour[i]) + t * towardsX, mesh.y(contour[i]) + t * towardsY, color));
            }
            float threshold = lip + 0.35f * (teeth - lip);
            for (int step = 1; teeth > lip && step <= STEPS; step++) {
                float t = REACH * step / STEPS;
                float here = whiteness(pixels, mesh.x(contour[i]) + t * towardsX, mesh.y(contour[i]) + t * towardsY, color);
                if (here < threshold) {
                    break;
                }
                move[i] = t;
            }
        }
        for (int i = 1; i < n - 1; i++) {
            // A contour is smooth: no point strays from its neighbors'.
            float smoothed = Math.max(move[i - 1], 0) * 0.25f + move[i] * 0.5f + Math.max(move[i + 1], 0) * 0.25f;
            float t = Math.min(0.9f, Math.max(smoothed, Math.min(move[i], 0.9f)));
            points[3 * contour[i]] += t * (mesh.x(next[i]) - mesh.x(contour[i]));
            points[3 * contour[i] + 1] += t * (mesh.y(next[i]) - mesh.y(contour[i]));
        }
    }

    /** High for teeth, low for lips and the dark between: bright, and no redder than it is green and blue. */
    private static float whiteness(Pixels pixels, float x, float y, float[] color) {
        pixels.sample(x, y, color);
        return Math.min(color[0], color[1]);
    }
}
