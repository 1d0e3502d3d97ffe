package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.torch.FloatTensor;
import java.util.List;

/** Picks what SadTalker uses of the 3DMM regressor's output. */
public final class CoefficientRow {

    /** Length of a row. */
    public static final int LENGTH = 73;

    /** Identity 80, expression 64, texture 80, angles 3, light 27, translation 3. */
    private static final int REGRESSED = 257;

    private static final int EXPRESSION = 80;
    private static final int EXPRESSION_LENGTH = 64;
    private static final int ANGLES = 224;
    private static final int TRANSLATION = 254;
    private static final int AXES = 3;

    private CoefficientRow() {}

    /**
     * One face's row: 64 expression coefficients, 3 angles, 3 translations, then the scale, x and y of its alignment.
     *
     * @param coeff {@code [B, 257]}
     * @param index the face's row in {@code coeff}
     * @throws IllegalArgumentException if the shape is another
     */
    public static float[] of(FloatTensor coeff, int index, AlignedFace face) {
        List<Long> shape = coeff.shape();
        if (shape.size() != 2 || shape.get(1) != REGRESSED) {
            throw new IllegalArgumentException("coeff must have the shape [B, 257], not " + shape);
        }
        int start = index * REGRESSED;
        float[] row = new float[LENGTH];
        System.arraycopy(coeff.values(), start + EXPRESSION, row, 0, EXPRESSION_LENGTH);
        System.arraycopy(coeff.values(), start + ANGLES, row, EXPRESSION_LENGTH, AXES);
        System.arraycopy(coeff.values(), start + TRANSLATION, row, EXPRESSION_LENGTH + AXES, AXES);
        row[LENGTH - 3] = face.scale();
        row[LENGTH - 2] = face.x();
        row[LENGTH - 1] = face.y();
        return row;
    }
}
