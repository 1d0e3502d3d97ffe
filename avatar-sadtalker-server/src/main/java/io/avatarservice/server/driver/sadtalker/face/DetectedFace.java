package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;

/**
 * One face that RetinaFace found.
 *
 * @param left of the box, pixels of the picture; may lie outside of it, as all four sides may
 * @param top of the box
 * @param right of the box
 * @param bottom of the box
 * @param score 0..1
 */
public record DetectedFace(float left, float top, float right, float bottom, float score) {

    /**
     * The whole pixels that the landmark network looks at: corners truncated toward zero, kept inside the picture. The
     * reference lets a negative corner wrap around to the other side.
     *
     * @return empty if the face lies outside of the picture
     */
    public Box box(Size picture) {
        return new Box((int) left, (int) top, (int) right, (int) bottom).within(picture);
    }
}
