package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.MotionFrame;

/**
 * Turns the head as a whole: a rotation in depth about a point in the neck, in full on the face and hair, fading out down
 * the neck and into the background, and nothing at the picture's edges.
 */
final class HeadPose {

    /** Half axes of the head with its hair, in face units; full movement within. */
    private static final float HEAD_HALF_WIDTH = 0.95f;

    private static final float HAIR_ABOVE_FOREHEAD = 0.45f;
    /** Where the movement has faded out, as a multiple of the head's half axes. */
    private static final float REACH = 2f;
    /** Pivot below the chin, face units. */
    private static final float PIVOT_BELOW_CHIN = 0.35f;

    private final float[] weight;
    private final float pivotX;
    private final float pivotY;
    private final float faceHeight;
    private float m00 = 1;
    private float m01;
    private float m02;
    private float m10;
    private float m11 = 1;
    private float m12;
    private float shiftX;
    private float shiftY;

    HeadPose(FaceMesh face, FaceFrame frame, PortraitMesh mesh, float[] edgeFade) {
        float chin = frame.localY(face.x(FaceTopology.CHIN), face.y(FaceTopology.CHIN));
        float top = frame.localY(face.x(FaceTopology.FOREHEAD), face.y(FaceTopology.FOREHEAD)) - HAIR_ABOVE_FOREHEAD;
        float centerY = (chin + top) / 2;
        float halfHeight = (chin - top) / 2;
        float centerX = (frame.localX(face.x(FaceTopology.FOREHEAD), face.y(FaceTopology.FOREHEAD))
                        + frame.localX(face.x(FaceTopology.CHIN), face.y(FaceTopology.CHIN)))
                / 2;
        weight = new float[mesh.size()];
        for (int i = 0; i < weight.length; i++) {
            float x = (frame.localX(mesh.x()[i], mesh.y()[i]) - centerX) / HEAD_HALF_WIDTH;
            float y = (frame.localY(mesh.x()[i], mesh.y()[i]) - centerY) / halfHeight;
            float radius = (float) Math.hypot(x, y);
            weight[i] = edgeFade[i] * (1 - Smooth.step(1, REACH, radius));
        }
        pivotX = frame.pictureX(centerX, chin + PIVOT_BELOW_CHIN);
        pivotY = frame.pictureY(centerX, chin + PIVOT_BELOW_CHIN);
        faceHeight = face.distance(FaceTopology.FOREHEAD, FaceTopology.CHIN);
    }

    /** Sets the pose of the next {@link #apply}. */
    void pose(MotionFrame motion) {
        double yaw = -Math.toRadians(motion.yaw());
        double pitch = -Math.toRadians(motion.pitch());
        double roll = Math.toRadians(motion.roll());
        double cr = Math.cos(roll);
        double sr = Math.sin(roll);
        double cy = Math.cos(yaw);
        double sy = Math.sin(yaw);
        double cp = Math.cos(pitch);
        double sp = Math.sin(pitch);
        // R = Rz(roll) · Ry(yaw) · Rx(pitch), orthographic projection: the first two rows.
        m00 = (float) (cr * cy);
        m01 = (float) (cr * sy * sp - sr * cp);
        m02 = (float) (cr * sy * cp + sr * sp);
        m10 = (float) (sr * cy);
        m11 = (float) (sr * sy * sp + cr * cp);
        m12 = (float) (sr * sy * cp - cr * sp);
        shiftX = motion.shiftX() * faceHeight;
        shiftY = motion.shiftY() * faceHeight;
    }

    /** Where a point of the head's core goes, with full weight, pixels. */
    float coreX(float x, float y, float z) {
        return x + m00 * (x - pivotX) + m01 * (y - pivotY) + m02 * z - (x - pivotX) + shiftX;
    }

    float coreY(float x, float y, float z) {
        return y + m10 * (x - pivotX) + m11 * (y - pivotY) + m12 * z - (y - pivotY) + shiftY;
    }

    boolean moves(int vertex) {
        return weight[vertex] > 0;
    }

    /** Moves the vertices in place. */
    void apply(PortraitMesh mesh, float[] x, float[] y) {
        for (int i = 0; i < weight.length; i++) {
            float w = weight[i];
            if (w == 0) {
                continue;
            }
            float oldX = x[i];
            float oldY = y[i];
            float z = mesh.z()[i];
            x[i] += w * (coreX(oldX, oldY, z) - oldX);
            y[i] += w * (coreY(oldX, oldY, z) - oldY);
        }
    }
}
