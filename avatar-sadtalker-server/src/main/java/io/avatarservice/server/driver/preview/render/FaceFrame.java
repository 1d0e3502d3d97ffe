package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.face.FaceMesh;

/**
 * The face's own coordinates: origin at the mouth's center, x along the eye line to the person's left, y down to the
 * chin, one unit = the distance between the outer eye corners of a frontal face (about 9 cm on an adult).
 *
 * @param originX pixels
 * @param originY pixels
 * @param axisX cosine of the eye line's angle
 * @param axisY sine of the eye line's angle
 * @param unit pixels
 */
record FaceFrame(float originX, float originY, float axisX, float axisY, float unit) {

    /** Outer eye corners apart : bridge of the nose to chin, on an average face; undoes the foreshortening of a turned head. */
    private static final float EYES_TO_FACE_LENGTH = 0.76f;

    static FaceFrame of(FaceMesh mesh) {
        float dx = mesh.x(FaceTopology.LEFT_EYE_OUTER) - mesh.x(FaceTopology.RIGHT_EYE_OUTER);
        float dy = mesh.y(FaceTopology.LEFT_EYE_OUTER) - mesh.y(FaceTopology.RIGHT_EYE_OUTER);
        float eyes = (float) Math.hypot(dx, dy);
        float length = mesh.distance(FaceTopology.BETWEEN_EYES, FaceTopology.CHIN);
        return new FaceFrame(
                (mesh.x(FaceTopology.MOUTH_RIGHT) + mesh.x(FaceTopology.MOUTH_LEFT)) / 2,
                (mesh.y(FaceTopology.MOUTH_RIGHT) + mesh.y(FaceTopology.MOUTH_LEFT)) / 2,
                dx / eyes,
                dy / eyes,
                Math.max(eyes, EYES_TO_FACE_LENGTH * length));
    }

    float localX(float x, float y) {
        return ((x - originX) * axisX + (y - originY) * axisY) / unit;
    }

    float localY(float x, float y) {
        return (-(x - originX) * axisY + (y - originY) * axisX) / unit;
    }

    float pictureX(float localX, float localY) {
        return originX + (localX * axisX - localY * axisY) * unit;
    }

    float pictureY(float localX, float localY) {
        return originY + (localX * axisY + localY * axisX) * unit;
    }
}
