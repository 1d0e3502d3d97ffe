package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.MotionFrame;

/**
 * How every vertex moves with the face's expression: a displacement per expression and vertex, in the face's
 * coordinates, computed once for a portrait and summed for each frame (linear blendshapes).
 *
 * <p>Every displacement is a smooth function of place that is free of folds over its whole range; a jaw, for instance,
 * carries the lower lip and the chin and fades out down the neck and towards the ears.
 */
final class Expressions {

    /** Widest mouth opening in face units; a good 2 cm on an adult, a shout. */
    private static final float MAX_OPENING = 0.26f;

    /** Share of an opening that the lower lip and jaw contribute; the rest is the upper lip's. */
    private static final float JAW_SHARE = 0.86f;

    /** How much narrower a wide smile becomes when it speaks. */
    private static final float RELAX = 0.12f;
    /** How far the corners of a wide smile come down when it speaks, face units. */
    private static final float RELAX_CORNERS = 0.06f;

    private final FaceFrame frame;
    private final int size;
    /** How much of a smile with parted lips the portrait shows, 0..1. */
    private final float smile;

    private final float[] openY;
    private final float[] closeX;
    private final float[] closeY;
    private final float[] corners;
    private final float[] spreadX;
    private final float[] roundX;
    private final float[] roundY;
    private final float[] pressY;
    private final float[] browY;
    private final float[] blinkRightX;
    private final float[] blinkRightY;
    private final float[] blinkLeftX;
    private final float[] blinkLeftY;

    Expressions(FaceMesh face, FaceFrame frame, MouthShape mouth, PortraitMesh mesh) {
        this.frame = frame;
        this.size = mesh.size();
        openY = new float[size];
        closeX = new float[size];
        closeY = new float[size];
        corners = new float[size];
        spreadX = new float[size];
        roundX = new float[size];
        roundY = new float[size];
        pressY = new float[size];
        browY = new float[size];
        blinkRightX = new float[size];
        blinkRightY = new float[size];
        blinkLeftX = new float[size];
        blinkLeftY = new float[size];

        Side[] sides = sides(mesh, mouth);
        Eyelids right = new Eyelids(
                face, frame, FaceTopology.RIGHT_UPPER_LID, FaceTopology.RIGHT_LOWER_LID, FaceTopology.RIGHT_BROW);
        Eyelids left = new Eyelids(
                face, frame, FaceTopology.LEFT_UPPER_LID, FaceTopology.LEFT_LOWER_LID, FaceTopology.LEFT_BROW);
        smile = Smooth.step(0.02f, 0.08f, mouth.meanRestGap());
        for (int i = 0; i < size; i++) {
            float x = frame.localX(mesh.x()[i], mesh.y()[i]);
            float y = frame.localY(mesh.x()[i], mesh.y()[i]);
            mouthShapes(i, x, y, sides[i], mouth);
            browY[i] = right.brow(x, y) + left.brow(x, y);
            blinkRightX[i] = right.closureX(i);
            blinkRightY[i] = right.closureY(i, x, y);
            blinkLeftX[i] = left.closureX(i);
            blinkLeftY[i] = left.closureY(i, x, y);
        }
        meetLips(mesh);
    }

    /** Brings each pair of inner lip points exactly together, where interpolation would leave a sliver between them. */
    private void meetLips(PortraitMesh mesh) {
        for (int i = 1; i + 1 < FaceTopology.INNER_UPPER_LIP.length; i++) {
            int upper = FaceTopology.INNER_UPPER_LIP[i];
            int lower = FaceTopology.INNER_LOWER_LIP[i];
            float dx = mesh.x()[lower] - mesh.x()[upper];
            float dy = mesh.y()[lower] - mesh.y()[upper];
            float x = (dx * frame.axisX() + dy * frame.axisY()) / frame.unit() / 2;
            float y = (-dx * frame.axisY() + dy * frame.axisX()) / frame.unit() / 2;
            closeX[upper] += x;
            closeX[lower] -= x;
            float corner = (corners[upper] + corners[lower]) / 2;
            closeY[upper] = corner + y;
            closeY[lower] = corner - y;
        }
    }

    /** Which lip a vertex moves with. */
    private enum Side {
        UPPER,
        LOWER
    }

    private Side[] sides(PortraitMesh mesh, MouthShape mouth) {
        Side[] sides = new Side[size];
        for (int i = 0; i < size; i++) {
            float x = frame.localX(mesh.x()[i], mesh.y()[i]);
            float y = frame.localY(mesh.x()[i], mesh.y()[i]);
            sides[i] = y < mouth.meetingLine(x) ? Side.UPPER : Side.LOWER;
        }
        for (int i : FaceTopology.UPPER_LIP) {
            sides[i] = Side.UPPER;
        }
        for (int i : FaceTopology.LOWER_LIP) {
            sides[i] = Side.LOWER;
        }
        return sides;
    }

    private void mouthShapes(int i, float x, float y, Side side, MouthShape mouth) {
        float fromLips = y - mouth.meetingLine(x);
        float profile = mouth.openingProfile(x);
        float gap = mouth.restGap(x);
        if (side == Side.UPPER) {
            float fade = 1 - Smooth.step(0, -mouth.noseBase(), -fromLips - gap / 2);
            openY[i] = -(1 - JAW_SHARE) * profile * fade;
            closeY[i] = 0.5f * gap * fade;
        } else {
            float belowEdge = fromLips - gap / 2;
            openY[i] = JAW_SHARE * jaw(x, belowEdge, profile, mouth);
            closeY[i] = -0.5f * gap * (1 - 0.6f * Smooth.step(0, 0.8f, belowEdge));
        }
        float around = Smooth.gauss(fromLips, 0.17f) * Smooth.gauss(x, 0.3f);
        spreadX[i] = 0.13f * x * around;
        closeX[i] = -RELAX * smile * x * around;
        corners[i] = RELAX_CORNERS * smile * corner(x, mouth) * Smooth.gauss(fromLips, 0.15f);
        closeY[i] += corners[i];
        roundX[i] = -0.3f * x * around;
        roundY[i] = 0.12f * fromLips * Smooth.gauss(fromLips, 0.12f) * Smooth.gauss(x, 0.2f);
        pressY[i] = -0.15f * fromLips * Smooth.gauss(fromLips, 0.08f) * Smooth.gauss(x, 0.25f);
    }

    /** 1 at a corner of the mouth, fading into the cheek and towards the middle. */
    private static float corner(float x, MouthShape mouth) {
        float half = mouth.halfWidth();
        float outside = Math.max(0, Math.abs(x) - half);
        return Smooth.step(0.05f, half + 0.05f, Math.abs(x)) * Smooth.gauss(outside, 0.12f);
    }

    /** Share of the jaw's drop at a place below the lips: the lips' own profile first, then the chin as a whole. */
    private static float jaw(float x, float fromLips, float profile, MouthShape mouth) {
        float chin = mouth.chin();
        float bone = 1 - Smooth.step(0.15f, 0.8f, Math.abs(x));
        float below = Smooth.step(0.02f, 0.6f * chin, fromLips);
        float neck = 1 - Smooth.step(chin, chin + 0.7f, fromLips);
        return (profile + below * (bone - profile)) * neck;
    }

    /**
     * Displaces all vertices.
     *
     * @param fade share of the movement that each vertex takes part in, 0 at the picture's edges
     * @param x receives the new places in pixels
     * @param y likewise
     */
    void apply(MotionFrame motion, PortraitMesh mesh, float[] fade, float[] x, float[] y) {
        float open = motion.jaw() * MAX_OPENING;
        float close = motion.activity();
        float spread = Math.max(0, motion.spread());
        float round = Math.max(0, -motion.spread());
        float press = motion.press();
        float brow = motion.brow();
        // The motion's sides are the viewer's, the mesh's are the person's.
        float blinkRight = motion.blinkLeft();
        float blinkLeft = motion.blinkRight();
        float cos = frame.axisX() * frame.unit();
        float sin = frame.axisY() * frame.unit();
        for (int i = 0; i < size; i++) {
            float dx = close * closeX[i]
                    + spread * spreadX[i]
                    + round * roundX[i]
                    + blinkRight * blinkRightX[i]
                    + blinkLeft * blinkLeftX[i];
            float dy = open * openY[i]
                    + close * closeY[i]
                    + round * roundY[i]
                    + press * pressY[i]
                    + brow * browY[i]
                    + blinkRight * blinkRightY[i]
                    + blinkLeft * blinkLeftY[i];
            x[i] = mesh.x()[i] + fade[i] * (dx * cos - dy * sin);
            y[i] = mesh.y()[i] + fade[i] * (dx * sin + dy * cos);
        }
    }

    /** Whether any expression moves a vertex by more than a thousandth of a face unit. */
    boolean moves(int vertex) {
        for (float[] shape : new float[][] {
            openY,
            closeX,
            closeY,
            spreadX,
            roundX,
            roundY,
            pressY,
            browY,
            blinkRightX,
            blinkRightY,
            blinkLeftX,
            blinkLeftY
        }) {
            if (Math.abs(shape[vertex]) > 1e-3f) {
                return true;
            }
        }
        return false;
    }
}
