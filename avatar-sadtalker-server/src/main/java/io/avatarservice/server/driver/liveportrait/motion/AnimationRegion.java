package io.avatarservice.server.driver.liveportrait.motion;

import java.util.List;

/** What of the driving face moves the portrait. */
public enum AnimationRegion {
    /** Everything. */
    ALL,
    /** The expression, not the head. */
    EXP,
    /** The head, not the expression. */
    POSE,
    /** The keypoints of the lips. */
    LIP,
    /** The keypoints of the eyes. */
    EYES;

    private static final List<Integer> LIP_POINTS = List.of(6, 12, 14, 17, 19, 20);
    private static final List<Integer> EYE_POINTS = List.of(11, 13, 15, 16, 18);

    /** Whether the head turns, moves and, seen from the camera, grows. */
    boolean movesHead() {
        return this == ALL || this == POSE;
    }

    /**
     * Whether one coordinate of a keypoint takes part in the driving expression.
     *
     * @param relative whether the change of the expression counts; else the expression itself, of which the reference takes
     *     only what does not depend on whose face it is
     */
    boolean movesExpression(int point, int axis, boolean relative) {
        return switch (this) {
            case POSE -> false;
            case LIP -> LIP_POINTS.contains(point);
            case EYES -> EYE_POINTS.contains(point);
            case ALL, EXP -> relative || sharedByFaces(point, axis);
        };
    }

    private static boolean sharedByFaces(int point, int axis) {
        return switch (point) {
            case 0, 7, 10 -> false;
            case 3, 4 -> axis == 1;
            case 5, 8 -> axis == 2;
            case 9 -> axis > 0;
            default -> true;
        };
    }
}
