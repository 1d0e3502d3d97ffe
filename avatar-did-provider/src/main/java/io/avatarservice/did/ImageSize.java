package io.avatarservice.did;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The size of a picture as its header tells it.
 *
 * @param width in pixels
 * @param height in pixels
 */
record ImageSize(int width, int height) {

    private static final int PNG_SIZE_OFFSET = 16;

    /** The size, or {@code null} where the beginning of the file does not tell. */
    static @Nullable ImageSize of(MediaFormat format, ByteBuffer head) {
        ByteBuffer bytes = head.slice();
        try {
            return switch (format) {
                case PNG -> new ImageSize(bytes.getInt(PNG_SIZE_OFFSET), bytes.getInt(PNG_SIZE_OFFSET + 4));
                case JPEG -> ofJpeg(bytes.position(2));
                default -> null;
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }

    long pixels() {
        return (long) width * height;
    }

    int shorterSide() {
        return Math.min(width, height);
    }

    /** Goes from marker to marker until the one that starts the frame. */
    private static @Nullable ImageSize ofJpeg(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if ((bytes.get() & 0xff) != 0xff) {
                return null;
            }
            int marker = bytes.get() & 0xff;
            while (marker == 0xff) {
                marker = bytes.get() & 0xff;
            }
            int length = bytes.getShort() & 0xffff;
            if (startsFrame(marker)) {
                bytes.get();
                int height = bytes.getShort() & 0xffff;
                return new ImageSize(bytes.getShort() & 0xffff, height);
            }
            // The length counts itself; a smaller one is made up.
            bytes.position(bytes.position() + Math.max(length, 2) - 2);
        }
        return null;
    }

    /** SOF0 to SOF15; three codes within that range mean something else. */
    private static boolean startsFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
