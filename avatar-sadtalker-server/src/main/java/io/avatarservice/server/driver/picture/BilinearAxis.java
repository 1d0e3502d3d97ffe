package io.avatarservice.server.driver.picture;

/**
 * One axis of a bilinear resize: for each output position the two input positions and their weights in 1/2048. The
 * arithmetic is OpenCV's for {@code INTER_LINEAR} on bytes.
 *
 * @param first the input to the left or above
 * @param second its neighbor to the right or below
 * @param firstWeight of {@code first}
 * @param secondWeight of {@code second}
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
record BilinearAxis(int[] first, int[] second, int[] firstWeight, int[] secondWeight) {

    private static final int ONE = 2048;

    /** The horizontal axis: beyond the outermost pixels their whole weight is one pixel's. */
    static BilinearAxis columns(int from, int to) {
        return of(from, to, true);
    }

    /**
     * The vertical axis: beyond the outermost rows the weights go to the same row twice. That differs from one weight,
     * as each product is cut to whole numbers before the sum.
     */
    static BilinearAxis rows(int from, int to) {
        return of(from, to, false);
    }

    private static BilinearAxis of(int from, int to, boolean wholeAtEnds) {
        int[] first = new int[to];
        int[] second = new int[to];
        int[] firstWeight = new int[to];
        int[] secondWeight = new int[to];
        double scale = (double) from / to;
        for (int i = 0; i < to; i++) {
            float position = (float) ((i + 0.5) * scale - 0.5);
            int whole = (int) Math.floor(position);
            float fraction = wholeAtEnds && (whole < 0 || whole >= from - 1) ? 0 : position - whole;
            first[i] = Math.min(Math.max(whole, 0), from - 1);
            second[i] = Math.min(whole + 1, from - 1);
            firstWeight[i] = (int) Math.rint((1f - fraction) * ONE);
            secondWeight[i] = (int) Math.rint(fraction * ONE);
        }
        return new BilinearAxis(first, second, firstWeight, secondWeight);
    }

    int length() {
        return first.length;
    }
}
