package io.avatarservice.server.driver.sadtalker.face;

/**
 * One axis of a bilinear resize: for each output position the two input positions and their weights in 1/2048. The
 * arithmetic is OpenCV's for {@code INTER_LINEAR} on bytes.
 *
 * @param first the nearer input to the left or above
 * @param second its neighbor, or {@code first} again at the end
 * @param firstWeight of {@code first}
 * @param secondWeight of {@code second}
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
record BilinearAxis(int[] first, int[] second, int[] firstWeight, int[] secondWeight) {

    private static final int ONE = 2048;

    static BilinearAxis of(int from, int to) {
        int[] first = new int[to];
        int[] second = new int[to];
        int[] firstWeight = new int[to];
        int[] secondWeight = new int[to];
        double scale = (double) from / to;
        for (int i = 0; i < to; i++) {
            float position = (float) ((i + 0.5) * scale - 0.5);
            int whole = (int) Math.floor(position);
            float fraction = position - whole;
            if (whole < 0) {
                whole = 0;
                fraction = 0;
            } else if (whole >= from - 1) {
                whole = from - 1;
                fraction = 0;
            }
            first[i] = whole;
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
