package io.avatarservice.server.driver;

import io.avatarservice.server.media.FrameRate;

/**
 * The video that a driver is about to yield.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param frameRate constant
 * @param frameCount how many frames will come
 */
public record VideoFormat(int width, int height, FrameRate frameRate, int frameCount) {

    public VideoFormat {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("width and height must be even, got " + width + "x" + height);
        }
        if (frameCount <= 0) {
            throw new IllegalArgumentException("frameCount must be positive, got " + frameCount);
        }
    }

    /** A video with a whole number of frames per second. */
    public VideoFormat(int width, int height, int framesPerSecond, int frameCount) {
        this(width, height, FrameRate.of(framesPerSecond), frameCount);
    }
}
