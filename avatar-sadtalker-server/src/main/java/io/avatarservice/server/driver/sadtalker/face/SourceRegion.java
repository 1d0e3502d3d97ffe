package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;

/**
 * The part of a picture that is animated, and how it gets to the network's square and back.
 *
 * @param picture the size of the picture
 * @param resized the size that the picture is brought to first; mostly the same
 * @param box the part in the resized picture
 * @param shape what the frames' width and height relate like
 */
public record SourceRegion(Size picture, Size resized, Box box, Size shape) {

    /** The whole picture, as {@link Preprocess#RESIZE} takes it. */
    public static SourceRegion whole(Size picture) {
        return new SourceRegion(picture, picture, Box.of(picture), picture);
    }

    /** The part around a face. */
    public static SourceRegion of(FaceCrop crop, boolean extended) {
        // the shape is the inner box's for the wider crop too: the reference squeezes that a little
        return new SourceRegion(
                crop.picture(),
                crop.resized(),
                crop.region(extended),
                crop.inner().size());
    }

    /** The part as a square of {@code side} pixels. */
    public RgbImage square(RgbImage image, int side) {
        return image.resize(resized).crop(box).resize(new Size(side, side));
    }

    /** Points of the picture as points of the square. */
    public Landmarks toSquare(Landmarks landmarks, int side) {
        double scaleX = (double) side / box.width();
        double scaleY = (double) side / box.height();
        return landmarks.transformed(
                scaleX * resized.width() / picture.width(),
                -scaleX * box.left(),
                scaleY * resized.height() / picture.height(),
                -scaleY * box.top());
    }

    /** The size of the frames that a network of {@code side} pixels makes: its width, and the height that fits. */
    public Size frameSize(int side) {
        return new Size(side, Math.max((int) ((long) side * shape.height() / shape.width()), 1));
    }

    /**
     * Where the frames go when they are pasted back, in the picture itself. Always inside of it, which the reference's
     * box is not; and scaled up where the picture had been shrunk, where the reference would paste at the shrunk
     * place.
     */
    public Box pasteBox() {
        double scaleX = (double) picture.width() / resized.width();
        double scaleY = (double) picture.height() / resized.height();
        return new Box(
                        (int) Math.round(box.left() * scaleX),
                        (int) Math.round(box.top() * scaleY),
                        (int) Math.round(box.right() * scaleX),
                        (int) Math.round(box.bottom() * scaleY))
                .within(picture);
    }
}
