package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;

/**
 * Where SadTalker cuts a picture around a face: a square after the FFHQ data set's rule, turned upright, and a wider box
 * around that.
 *
 * @param picture the size of the picture
 * @param resized the size that the picture is brought to first; smaller where the face is very large, else the same
 * @param crop the wider box in the resized picture
 * @param left of the inner box, counted from {@code crop}
 * @param top of the inner box
 * @param right of the inner box; as in the reference it may lie outside of {@code crop}
 * @param bottom of the inner box, likewise
 */
public record FaceCrop(Size picture, Size resized, Box crop, double left, double top, double right, double bottom) {

    /** The side that the FFHQ rule assumes for its result, pixels; the square may have twice that before it shrinks. */
    private static final double OUTPUT_SIZE = 512;

    private static final int MIN_BORDER = 3;

    private static final int LEFT_EYE = 36;
    private static final int RIGHT_EYE = 42;
    private static final int EYE_POINTS = 6;
    private static final int LEFT_MOUTH_CORNER = 48;
    private static final int RIGHT_MOUTH_CORNER = 54;

    /**
     * The crop for a face.
     *
     * @throws ProblemException {@code FACE_NOT_FOUND} if nothing of the face lies inside the picture
     */
    public static FaceCrop of(Landmarks landmarks, Size picture) {
        FaceCrop crop = square(landmarks).crop(picture);
        if (crop.crop().isEmpty() || crop.inner().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.FACE_NOT_FOUND,
                    "image",
                    "the landmarks leave no part of the %s picture to crop".formatted(picture));
        }
        return crop;
    }

    /** The inner box as whole pixels counted from {@code crop}, cut where it leaves it. */
    Box inner() {
        return new Box((int) left, (int) top, (int) right, (int) bottom).within(new Size(crop.width(), crop.height()));
    }

    /** The part of the resized picture that is animated. */
    Box region(boolean extended) {
        return extended ? crop : inner().movedBy(crop.left(), crop.top());
    }

    private static Square square(Landmarks landmarks) {
        // float32 up to the point where the reference's arrays become float64
        float leftEyeX = mean(landmarks, LEFT_EYE, 0);
        float leftEyeY = mean(landmarks, LEFT_EYE, 1);
        float eyesX = mean(landmarks, RIGHT_EYE, 0) - leftEyeX;
        float eyesY = mean(landmarks, RIGHT_EYE, 1) - leftEyeY;
        float eyeX = (leftEyeX + mean(landmarks, RIGHT_EYE, 0)) * 0.5f;
        float eyeY = (leftEyeY + mean(landmarks, RIGHT_EYE, 1)) * 0.5f;
        float mouthX = (landmarks.x(LEFT_MOUTH_CORNER) + landmarks.x(RIGHT_MOUTH_CORNER)) * 0.5f - eyeX;
        float mouthY = (landmarks.y(LEFT_MOUTH_CORNER) + landmarks.y(RIGHT_MOUTH_CORNER)) * 0.5f - eyeY;

        double x = (double) eyesX + mouthY;
        double y = (double) eyesY - mouthX;
        double half = Math.max((float) Math.hypot(eyesX, eyesY) * 2.0, (float) Math.hypot(mouthX, mouthY) * 1.8);
        double length = Math.hypot(x, y);
        return new Square(eyeX + mouthX * 0.1f, eyeY + mouthY * 0.1f, x / length * half, y / length * half);
    }

    private static float mean(Landmarks landmarks, int first, int axis) {
        float sum = 0;
        for (int point = first; point < first + EYE_POINTS; point++) {
            sum += landmarks.xy()[2 * point + axis];
        }
        return sum / EYE_POINTS;
    }

    /**
     * The turned square.
     *
     * @param centerX of the square
     * @param centerY of the square
     * @param x half a side along the eyes, to the right
     * @param y half a side along the eyes, downwards
     */
    private record Square(float centerX, float centerY, double x, double y) {

        FaceCrop crop(Size picture) {
            double side = 2 * Math.hypot(x, y);
            int shrink = Math.max((int) Math.floor(side / OUTPUT_SIZE * 0.5), 1);
            Size resized = new Size(
                    Math.max((int) Math.rint((double) picture.width() / shrink), 1),
                    Math.max((int) Math.rint((double) picture.height() / shrink), 1));
            int border = Math.max((int) Math.rint(side / shrink * 0.1), MIN_BORDER);

            // upper left, lower left, lower right, upper right of an upright face
            double[] xs = {centerX - x + y, centerX - x - y, centerX + x - y, centerX + x + y};
            double[] ys = {centerY - y - x, centerY - y + x, centerY + y + x, centerY + y - x};
            for (int i = 0; i < xs.length; i++) {
                xs[i] /= shrink;
                ys[i] /= shrink;
            }
            Box crop = new Box(
                            (int) Math.floor(min(xs)) - border,
                            (int) Math.floor(min(ys)) - border,
                            (int) Math.ceil(max(xs)) + border,
                            (int) Math.ceil(max(ys)) + border)
                    .within(resized);
            boolean smaller = crop.width() < resized.width() || crop.height() < resized.height();
            int shiftX = smaller ? crop.left() : 0;
            int shiftY = smaller ? crop.top() : 0;
            return new FaceCrop(
                    picture,
                    resized,
                    crop,
                    Math.max(Math.min(xs[0], xs[1]) - shiftX + 0.5, 0),
                    Math.max(Math.min(ys[0], ys[3]) - shiftY + 0.5, 0),
                    Math.min(Math.max(xs[2], xs[3]) - shiftX + 0.5, resized.width()),
                    // the width again: the reference's own limit, which only a very tall face in a narrow picture meets
                    Math.min(Math.max(ys[1], ys[2]) - shiftY + 0.5, resized.width()));
        }

        private static double min(double[] values) {
            return Math.min(Math.min(values[0], values[1]), Math.min(values[2], values[3]));
        }

        private static double max(double[] values) {
            return Math.max(Math.max(values[0], values[1]), Math.max(values[2], values[3]));
        }
    }
}
