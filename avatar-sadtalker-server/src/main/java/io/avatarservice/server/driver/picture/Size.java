package io.avatarservice.server.driver.picture;

/**
 * The size of a picture.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 */
public record Size(int width, int height) {

    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture cannot be " + width + "x" + height);
        }
    }

    /** Both sides rounded up to even numbers, which 4:2:0 video needs. */
    public Size even() {
        return new Size(width + (width & 1), height + (height & 1));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
