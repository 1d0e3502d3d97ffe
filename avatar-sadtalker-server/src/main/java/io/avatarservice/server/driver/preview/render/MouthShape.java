package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.face.FaceMesh;

/**
 * The portrait's mouth in the face's coordinates: where the lips meet and how far apart they are, along x.
 */
final class MouthShape {

    private final float[] x;
    private final float[] upper;
    private final float[] lower;
    private final float noseBase;
    private final float chin;

    MouthShape(FaceMesh mesh, FaceFrame frame) {
        int n = FaceTopology.INNER_UPPER_LIP.length;
        x = new float[n];
        upper = new float[n];
        lower = new float[n];
        for (int i = 0; i < n; i++) {
            int up = FaceTopology.INNER_UPPER_LIP[i];
            int low = FaceTopology.INNER_LOWER_LIP[i];
            x[i] = (localX(mesh, frame, up) + localX(mesh, frame, low)) / 2;
            upper[i] = localY(mesh, frame, up);
            lower[i] = Math.max(upper[i], localY(mesh, frame, low));
        }
        noseBase = localY(mesh, frame, FaceTopology.NOSE_BASE);
        chin = localY(mesh, frame, FaceTopology.CHIN);
    }

    private static float localX(FaceMesh mesh, FaceFrame frame, int point) {
        return frame.localX(mesh.x(point), mesh.y(point));
    }

    private static float localY(FaceMesh mesh, FaceFrame frame, int point) {
        return frame.localY(mesh.x(point), mesh.y(point));
    }

    /** Height at which the lips meet, or would meet, above or below the mouth's center. */
    float meetingLine(float atX) {
        return (Smooth.along(x, upper, atX) + Smooth.along(x, lower, atX)) / 2;
    }

    /** Distance between the lips in the portrait; 0 beyond the corners. */
    float restGap(float atX) {
        return Smooth.along(x, lower, atX) - Smooth.along(x, upper, atX);
    }

    /** Mean of {@link #restGap} over the middle half of the mouth. */
    float meanRestGap() {
        float sum = 0;
        int from = x.length / 4;
        int to = x.length - from;
        for (int i = from; i < to; i++) {
            sum += lower[i] - upper[i];
        }
        return sum / (to - from);
    }

    /** Share of the full opening at x: 1 in the middle, 0 at the corners and beyond. */
    float openingProfile(float atX) {
        float center = (x[0] + x[x.length - 1]) / 2;
        float t = (atX - center) / halfWidth();
        return t <= -1 || t >= 1 ? 0 : (float) Math.pow(1 - t * t, 0.75);
    }

    /** Half the distance of the inner corners. */
    float halfWidth() {
        return Math.max(0.05f, (x[x.length - 1] - x[0]) / 2);
    }

    /** Lower end of the nose; negative, as it is above the mouth. */
    float noseBase() {
        return noseBase;
    }

    float chin() {
        return chin;
    }
}
