package io.avatarservice.server.media;

/**
 * Frames per second as a fraction, such as 30000/1001, so that a long video does not drift away from its sound.
 *
 * @param numerator positive
 * @param denominator positive
 * @since 0.1.0
 */
public record FrameRate(int numerator, int denominator) {

    public FrameRate {
        if (numerator <= 0 || denominator <= 0) {
            throw new IllegalArgumentException(
                    "a frame rate must be positive, got %d/%d".formatted(numerator, denominator));
        }
    }

    /** A whole number of frames per second. */
    public static FrameRate of(int perSecond) {
        return new FrameRate(perSecond, 1);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static FrameRate parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("expected a frame rate such as 30000/1001, got '%s'".formatted(text));
        }
        return new FrameRate(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** As a decimal number. */
    public double perSecond() {
        return (double) numerator / denominator;
    }

    /** When a frame is shown, in seconds from the first, whose number is 0. */
    public double seconds(long frame) {
        return (double) frame * denominator / numerator;
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
