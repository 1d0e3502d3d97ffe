package io.avatarservice.server.driver.face;

/**
 * A rotated square of the picture that holds a face.
 *
 * @param centerX pixels
 * @param centerY pixels
 * @param side pixels
 * @param angle of the eye line, radians, positive clockwise as seen
 */
record FaceRegion(double centerX, double centerY, double side, double angle) {

    /** Margin around a tight box, as the mesh network was trained (MediaPipe {@code face_landmark_front}). */
    private static final double MARGIN = 1.5;

    private static final int RIGHT_EYE_OUTER_CORNER = 33;
    private static final int LEFT_EYE_OUTER_CORNER = 263;

    static FaceRegion of(DetectedFace face) {
        double angle = Math.atan2(face.leftEyeY() - face.rightEyeY(), face.leftEyeX() - face.rightEyeX());
        return new FaceRegion(
                face.x() + face.width() / 2,
                face.y() + face.height() / 2,
                MARGIN * Math.max(face.width(), face.height()),
                angle);
    }

    /** The region for a second, better aligned look, from the points of the first. */
    static FaceRegion of(FaceMesh mesh) {
        double angle = Math.atan2(
                mesh.y(LEFT_EYE_OUTER_CORNER) - mesh.y(RIGHT_EYE_OUTER_CORNER),
                mesh.x(LEFT_EYE_OUTER_CORNER) - mesh.x(RIGHT_EYE_OUTER_CORNER));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double minU = Double.POSITIVE_INFINITY;
        double maxU = Double.NEGATIVE_INFINITY;
        double minV = Double.POSITIVE_INFINITY;
        double maxV = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < FaceMesh.POINTS; i++) {
            double u = cos * mesh.x(i) + sin * mesh.y(i);
            double v = -sin * mesh.x(i) + cos * mesh.y(i);
            minU = Math.min(minU, u);
            maxU = Math.max(maxU, u);
            minV = Math.min(minV, v);
            maxV = Math.max(maxV, v);
        }
        double u = (minU + maxU) / 2;
        double v = (minV + maxV) / 2;
        return new FaceRegion(cos * u - sin * v, sin * u + cos * v, MARGIN * Math.max(maxU - minU, maxV - minV), angle);
    }
}
