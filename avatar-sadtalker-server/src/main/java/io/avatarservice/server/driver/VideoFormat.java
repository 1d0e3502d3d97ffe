package io.avatarservice.server.driver;

/**
 * The video that a driver is about to yield.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param frameRate frames per second
 * @param frameCount how many frames will come
 */
public record VideoFormat(int width, int height, double frameRate, int frameCount) {

    public VideoFormat {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("width and height must be even, got " + width + "x" + height);
        }
        if (frameRate <= 0 || frameCount <= 0) {
            throw new IllegalArgumentException("frameRate and frameCount must be positive");
        }
    }
}
