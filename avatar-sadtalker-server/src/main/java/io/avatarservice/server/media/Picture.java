package io.avatarservice.server.media;

/**
 * A decoded picture, upright (EXIF orientation applied) and opaque (transparency laid over white).
 *
 * @param width pixels
 * @param height pixels
 * @param bgr {@code height × width × 3} bytes, rows top to bottom without padding, blue, green, red per pixel; not
 *     copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are never compared
public record Picture(int width, int height, byte[] bgr) {

    public Picture {
        if (bgr.length != width * height * 3) {
            throw new IllegalArgumentException("expected " + width + "x" + height + "x3 bytes, got " + bgr.length);
        }
    }
}
