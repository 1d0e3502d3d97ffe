package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;

/**
 * Pads frames to even sides, which 4:2:0 video needs, by repeating the last column and row. Nothing is resampled; the
 * reference scales up to multiples of 16 instead.
 */
public final class EvenPadding {

    private EvenPadding() {}

    /**
     * Pads one frame.
     *
     * @param frame {@code height × width × channels} bytes without padding
     * @param size of the frame
     * @param channels bytes per pixel, in any order
     * @param padded gets as many bytes of {@link Size#even()}
     */
    public static void pad(byte[] frame, Size size, int channels, byte[] padded) {
        Size even = size.even();
        int from = size.width() * channels;
        int to = even.width() * channels;
        if (frame.length != from * size.height() || padded.length != to * even.height()) {
            throw new IllegalArgumentException(
                    "%d bytes for %s cannot become %d bytes for %s".formatted(frame.length, size, padded.length, even));
        }
        for (int y = 0; y < even.height(); y++) {
            int row = Math.min(y, size.height() - 1) * from;
            System.arraycopy(frame, row, padded, y * to, from);
            System.arraycopy(frame, row + from - channels, padded, (y + 1) * to - channels, channels);
        }
    }
}
