package io.avatarservice.server.driver.liveportrait.face;

import java.util.List;

/**
 * The part of a driving video that is looked at, one for all frames.
 *
 * @param left pixels, may lie outside
 * @param top pixels, may lie outside
 * @param right pixels, may lie outside
 * @param bottom pixels, may lie outside
 */
public record DrivingBox(double left, double top, double right, double bottom) {

    /**
     * The upright square around the face of one frame.
     *
     * @param scale its side in sides of the face
     * @param shift how far it is moved from the eyes to the lips, in its own sides
     */
    public static DrivingBox around(FacePoints points, double scale, double shift) {
        FaceSquare square = FaceSquare.around(points, scale, shift);
        float half = square.side() / 2;
        return new DrivingBox(
                square.centerX() - half, square.centerY() - half, square.centerX() + half, square.centerY() + half);
    }

    /** The mean of the boxes of all frames. */
    public static DrivingBox mean(List<DrivingBox> boxes) {
        if (boxes.isEmpty()) {
            throw new IllegalArgumentException("there is no box");
        }
        return new DrivingBox(
                boxes.stream().mapToDouble(DrivingBox::left).average().orElseThrow(),
                boxes.stream().mapToDouble(DrivingBox::top).average().orElseThrow(),
                boxes.stream().mapToDouble(DrivingBox::right).average().orElseThrow(),
                boxes.stream().mapToDouble(DrivingBox::bottom).average().orElseThrow());
    }

    /**
     * The map from a frame to its crop.
     *
     * @param pixels side of the crop
     */
    public Affine toCrop(int pixels) {
        double zoom = pixels / (right - left);
        float centerX = (float) ((left + right) / 2);
        float centerY = (float) ((top + bottom) / 2);
        return new Affine(zoom, 0, pixels / 2.0 - zoom * centerX, 0, zoom, pixels / 2.0 - zoom * centerY).rounded();
    }
}
