package io.avatarservice.server.driver.liveportrait.face;

/**
 * The upright box around landmarks, to tell a face that moves from one that was lost.
 *
 * @param left pixels, may lie outside of the picture, as the others
 * @param top pixels
 * @param right pixels
 * @param bottom pixels
 */
record FacePlace(float left, float top, float right, float bottom) {

    /** A face does not move by more of its own size from one picture to the next. */
    private static final float FARTHEST = 0.5f;

    /** Nor does it grow by more, or shrink to less than the inverse. */
    private static final float MOST_GROWTH = 1.6f;

    /** Of a face, so much has to be in the picture. */
    private static final float LEAST_VISIBLE = 0.5f;

    static FacePlace of(FacePoints points) {
        float left = Float.POSITIVE_INFINITY;
        float top = Float.POSITIVE_INFINITY;
        float right = Float.NEGATIVE_INFINITY;
        float bottom = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < points.count(); i++) {
            left = Math.min(left, points.x(i));
            top = Math.min(top, points.y(i));
            right = Math.max(right, points.x(i));
            bottom = Math.max(bottom, points.y(i));
        }
        return new FacePlace(left, top, right, bottom);
    }

    /**
     * Whether a face can be here that was there in the picture before.
     *
     * @param width of the picture
     * @param height of the picture
     */
    boolean follows(FacePlace previous, int width, int height) {
        float moved = (float) Math.hypot(centerX() - previous.centerX(), centerY() - previous.centerY());
        float growth = side() / previous.side();
        // comparisons are false for what is not a number
        return moved <= FARTHEST * previous.side()
                && growth <= MOST_GROWTH
                && growth >= 1 / MOST_GROWTH
                && visible(width, height) >= LEAST_VISIBLE;
    }

    /** The part of the box that lies in the picture, 0 to 1. */
    private float visible(int width, int height) {
        float across = Math.min(right, width) - Math.max(left, 0);
        float down = Math.min(bottom, height) - Math.max(top, 0);
        return Math.max(across, 0) * Math.max(down, 0) / ((right - left) * (bottom - top));
    }

    private float centerX() {
        return (left + right) / 2;
    }

    private float centerY() {
        return (top + bottom) / 2;
    }

    private float side() {
        return Math.max(right - left, bottom - top);
    }
}
