package io.avatarservice.server.driver.sadtalker.face;

/**
 * From WFLW's 98 points to iBUG's 68. Most have a counterpart; an eyebrow of WFLW is an outline, so four of iBUG's five
 * points are the middle between its upper and its lower edge.
 */
final class WflwPoints {

    /** Number of WFLW's points. */
    static final int POINTS = 98;

    private static final int CHIN = 17;
    private static final int[][] BROWS = {
        {33, 33}, {34, 41}, {35, 40}, {36, 39}, {37, 38}, {42, 50}, {43, 49}, {44, 48}, {45, 47}, {46, 46}
    };
    private static final int NOSE = 51;
    private static final int NOSE_POINTS = 9;
    private static final int[] EYES = {60, 61, 63, 64, 65, 67, 68, 69, 71, 72, 73, 75};
    private static final int MOUTH = 76;
    private static final int MOUTH_POINTS = 20;

    private static final int[][] SOURCES = sources();

    private WflwPoints() {}

    /**
     * The 68 points.
     *
     * @param points x and y of each of the 98
     */
    static Landmarks toLandmarks(double[] points) {
        float[] xy = new float[2 * Landmarks.POINTS];
        for (int i = 0; i < Landmarks.POINTS; i++) {
            int a = SOURCES[i][0];
            int b = SOURCES[i][1];
            xy[2 * i] = (float) ((points[2 * a] + points[2 * b]) / 2);
            xy[2 * i + 1] = (float) ((points[2 * a + 1] + points[2 * b + 1]) / 2);
        }
        return new Landmarks(xy);
    }

    private static int[][] sources() {
        int[][] sources = new int[Landmarks.POINTS][];
        int at = 0;
        for (int i = 0; i < CHIN; i++) {
            sources[at++] = same(2 * i);
        }
        for (int[] brow : BROWS) {
            sources[at++] = brow;
        }
        for (int i = 0; i < NOSE_POINTS; i++) {
            sources[at++] = same(NOSE + i);
        }
        for (int eye : EYES) {
            sources[at++] = same(eye);
        }
        for (int i = 0; i < MOUTH_POINTS; i++) {
            sources[at++] = same(MOUTH + i);
        }
        return sources;
    }

    private static int[] same(int point) {
        return new int[] {point, point};
    }
}
