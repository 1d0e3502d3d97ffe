package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;

/**
 * A rectangle of whole pixels.
 *
 * @param left first column
 * @param top first row
 * @param right column after the last one
 * @param bottom row after the last one
 */
public record Box(int left, int top, int right, int bottom) {

    static Box of(Size size) {
        return new Box(0, 0, size.width(), size.height());
    }

    public int width() {
        return right - left;
    }

    public int height() {
        return bottom - top;
    }

    /** Whether there is no pixel in it. */
    public boolean isEmpty() {
        return right <= left || bottom <= top;
    }

    /** The size of a box that is not empty. */
    public Size size() {
        return new Size(width(), height());
    }

    /** The part that lies inside a picture of the given size; empty if there is none. */
    Box within(Size picture) {
        return new Box(
                Math.max(left, 0),
                Math.max(top, 0),
                Math.min(right, picture.width()),
                Math.min(bottom, picture.height()));
    }

    Box movedBy(int x, int y) {
        return new Box(left + x, top + y, right + x, bottom + y);
    }
}
