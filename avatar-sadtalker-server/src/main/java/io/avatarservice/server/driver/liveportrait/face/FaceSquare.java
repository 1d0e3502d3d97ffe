package io.avatarservice.server.driver.liveportrait.face;

/**
 * A square around a face, turned with it. Computed in float32, as the reference does.
 *
 * @param centerX pixels
 * @param centerY pixels
 * @param side pixels
 * @param angle how far its x-axis is turned, clockwise in the picture, radians
 */
public record FaceSquare(float centerX, float centerY, float side, double angle) {

    /** Eyes and lips nearer to each other than this say nothing about where up is. */
    private static final float SHORTEST = 1e-3f;

    /**
     * The square around landmarks whose vertical axis runs from the eyes to the lips.
     *
     * @param scale its side in sides of the smallest such square
     * @param shift how far it is moved along the vertical axis, in sides; negative to the forehead
     */
    public static FaceSquare around(FacePoints points, double scale, double shift) {
        FacePoints.Point eyes = points.eyes();
        FacePoints.Point lips = points.lips();
        float downX = lips.x() - eyes.x();
        float downY = lips.y() - eyes.y();
        float length = (float) Math.sqrt(downX * downX + downY * downY);
        if (length <= SHORTEST) {
            downX = 0;
            downY = 1;
        } else {
            downX /= length;
            downY /= length;
        }
        float rightX = downY;
        float rightY = -downX;
        FacePoints.Point middle = points.center();
        float left = Float.POSITIVE_INFINITY;
        float top = Float.POSITIVE_INFINITY;
        float right = Float.NEGATIVE_INFINITY;
        float bottom = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < points.count(); i++) {
            float dx = points.x(i) - middle.x();
            float dy = points.y(i) - middle.y();
            float along = dx * rightX + dy * rightY;
            float down = dx * downX + dy * downY;
            left = Math.min(left, along);
            right = Math.max(right, along);
            top = Math.min(top, down);
            bottom = Math.max(bottom, down);
        }
        float side = Math.max(right - left, bottom - top) * (float) scale;
        float along = (left + right) / 2;
        float down = (top + bottom) / 2;
        float moved = (float) shift * side;
        return new FaceSquare(
                middle.x() + rightX * along + downX * down + downX * moved,
                middle.y() + rightY * along + downY * down + downY * moved,
                side,
                rightY < 0 ? -Math.acos(Math.min(rightX, 1)) : Math.acos(Math.min(rightX, 1)));
    }

    /**
     * The map from the picture to an upright crop.
     *
     * @param pixels side of the crop
     */
    public Affine toCrop(int pixels) {
        double zoom = pixels / (double) side;
        double cos = zoom * Math.cos(angle);
        double sin = zoom * Math.sin(angle);
        double half = pixels / 2.0;
        return new Affine(
                        cos,
                        sin,
                        half - (cos * centerX + sin * centerY),
                        -sin,
                        cos,
                        half - (-sin * centerX + cos * centerY))
                .rounded();
    }
}
