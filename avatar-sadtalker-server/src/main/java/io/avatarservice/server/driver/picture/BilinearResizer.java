package io.avatarservice.server.driver.picture;

/**
 * Resizes pictures of bytes exactly as OpenCV's {@code resize} with {@code INTER_LINEAR} does, bit for bit. Tables are
 * made once for a pair of sizes; safe for use by many threads.
 */
public final class BilinearResizer {

    private final Size from;
    private final Size to;
    private final int channels;
    private final BilinearAxis rows;
    private final BilinearAxis columns;

    /**
     * A resizer for one pair of sizes.
     *
     * @param channels bytes per pixel, in any order
     */
    public BilinearResizer(Size from, Size to, int channels) {
        this.from = from;
        this.to = to;
        this.channels = channels;
        rows = BilinearAxis.rows(from.height(), to.height());
        columns = BilinearAxis.columns(from.width(), to.width());
    }

    /**
     * Resizes one picture.
     *
     * @param source {@code height × width × channels} bytes without padding
     * @param target gets as many bytes of the other size
     */
    public void resize(byte[] source, byte[] target) {
        check("source", source, from);
        check("target", target, to);
        if (from.equals(to)) {
            System.arraycopy(source, 0, target, 0, source.length);
            return;
        }
        int stride = to.width() * channels;
        int[] upper = new int[stride];
        int[] lower = new int[stride];
        int[] blended = new int[stride];
        int upperRow = -1;
        int lowerRow = -1;
        for (int y = 0; y < rows.length(); y++) {
            int first = rows.first()[y];
            int second = rows.second()[y];
            if (first == lowerRow) {
                int[] swap = upper;
                upper = lower;
                lower = swap;
                lowerRow = upperRow;
                upperRow = first;
            }
            if (first != upperRow) {
                stretch(source, first, upper);
                upperRow = first;
            }
            if (second != lowerRow) {
                stretch(source, second, lower);
                lowerRow = second;
            }
            blend(upper, lower, rows.firstWeight()[y], rows.secondWeight()[y], blended);
            narrow(blended, target, y * stride);
        }
    }

    /** One input row at the output's width, in 1/128: OpenCV keeps 1/2048 and drops four bits before it blends. */
    private void stretch(byte[] source, int row, int[] stretched) {
        int start = row * from.width() * channels;
        if (from.width() == to.width()) {
            for (int i = 0; i < stretched.length; i++) {
                stretched[i] = (source[start + i] & 0xFF) << 7;
            }
            return;
        }
        int at = 0;
        for (int x = 0; x < columns.length(); x++) {
            int first = start + columns.first()[x] * channels;
            int second = start + columns.second()[x] * channels;
            int firstWeight = columns.firstWeight()[x];
            int secondWeight = columns.secondWeight()[x];
            for (int channel = 0; channel < channels; channel++) {
                stretched[at++] = ((source[first + channel] & 0xFF) * firstWeight
                                + (source[second + channel] & 0xFF) * secondWeight)
                        >> 4;
            }
        }
    }

    /** Each product loses its low bits before the sum, as in OpenCV; that is what makes the bytes equal. */
    private static void blend(int[] upper, int[] lower, int upperWeight, int lowerWeight, int[] blended) {
        for (int i = 0; i < blended.length; i++) {
            blended[i] = (((upperWeight * upper[i]) >> 16) + ((lowerWeight * lower[i]) >> 16) + 2) >> 2;
        }
    }

    /** Apart from {@link #blend}, which the JIT compiler turns into vector instructions only without it. */
    private static void narrow(int[] values, byte[] target, int start) {
        for (int i = 0; i < values.length; i++) {
            target[start + i] = (byte) values[i];
        }
    }

    private void check(String name, byte[] pixels, Size size) {
        long expected = (long) size.width() * size.height() * channels;
        if (pixels.length != expected) {
            throw new IllegalArgumentException(
                    "the %s must have %d bytes, not %d".formatted(name, expected, pixels.length));
        }
    }
}
