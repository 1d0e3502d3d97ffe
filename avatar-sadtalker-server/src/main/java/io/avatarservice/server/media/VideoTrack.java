package io.avatarservice.server.media;

/**
 * The picture of a video to be written.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param frameRate frames per second, constant
 * @param bitsPerPixel bits that the encoder may spend per pixel and frame, on average
 */
public record VideoTrack(int width, int height, double frameRate, double bitsPerPixel) {

    public VideoTrack {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("width and height must be even, got " + width + "x" + height);
        }
        if (!(frameRate > 0 && bitsPerPixel > 0)) {
            throw new IllegalArgumentException("frameRate and bitsPerPixel must be positive");
        }
    }

    /** Bits per second. */
    long bitRate() {
        return Math.round(width * (double) height * frameRate * bitsPerPixel);
    }
}
