package io.avatarservice.server.media;

/**
 * The picture of a video to be written.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param frameRate constant
 * @param quantizer of the H.264 encoder, 10 to 40: less is sharper and larger
 */
public record VideoTrack(int width, int height, FrameRate frameRate, int quantizer) {

    public VideoTrack {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("width and height must be even, got " + width + "x" + height);
        }
        if (quantizer < 10 || quantizer > 40) {
            throw new IllegalArgumentException("quantizer must be 10 to 40, got " + quantizer);
        }
    }
}
