package io.avatarservice.server.driver.sadtalker.motion;

/**
 * What a row of face coefficients holds, as the 3DMM regression and the alignment give them: expression (64), head angles
 * in radians (3), translation (3), and where the face lies in the picture (scale and two shifts in pixels).
 */
public final class CoefficientLayout {

    /** Expression coefficients, from column 0. */
    public static final int EXPRESSION = 64;

    /** Columns of head pose, after the expression: three angles, three translations. */
    public static final int POSE = 6;

    /** Columns of a row in the modes that render a crop. */
    public static final int CROP_ROW = EXPRESSION + POSE;

    /** Columns of a whole row, and of a row in the modes that paste back into the picture. */
    public static final int FULL_ROW = CROP_ROW + 3;

    private CoefficientLayout() {}
}
