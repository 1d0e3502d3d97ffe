package io.avatarservice.server.driver.sadtalker.face;

/**
 * One axis of a bicubic resize that widens its kernel when it reduces: for each output position a run of input
 * positions with weights in 1/2^22. The arithmetic is Pillow's for {@code BICUBIC} on bytes.
 *
 * @param start the first input position of each output position
 * @param weights of the positions from {@code start} on
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
record BicubicAxis(int[] start, int[][] weights) {

    /** Bits after the point. */
    static final int PRECISION = 22;

    /** Pillow's cubic; OpenCV's has −0.75. */
    private static final double A = -0.5;

    /** The output positions {@code begin..end} of an axis of {@code to} positions. */
    static BicubicAxis of(int from, int to, int begin, int end) {
        int[] start = new int[end - begin];
        int[][] weights = new int[end - begin][];
        double scale = (double) from / to;
        double stretch = Math.max(scale, 1);
        double support = 2 * stretch;
        for (int i = begin; i < end; i++) {
            double center = (i + 0.5) * scale;
            int low = Math.max((int) (center - support + 0.5), 0);
            int high = Math.min((int) (center + support + 0.5), from);
            start[i - begin] = low;
            weights[i - begin] = weights(low, high, center, 1 / stretch);
        }
        return new BicubicAxis(start, weights);
    }

    private static int[] weights(int low, int high, double center, double inverseStretch) {
        double[] exact = new double[high - low];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            exact[i] = cubic((i + low - center + 0.5) * inverseStretch);
            sum += exact[i];
        }
        int[] fixed = new int[exact.length];
        for (int i = 0; i < exact.length; i++) {
            double weight = sum == 0 ? exact[i] : exact[i] / sum;
            fixed[i] = (int) (weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
        }
        return fixed;
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    int length() {
        return start.length;
    }

    /** The first input position that any output position reads. */
    int firstInput() {
        return start[0];
    }

    /** The input position after the last one that any output position reads. */
    int inputEnd() {
        int last = start.length - 1;
        return start[last] + weights[last].length;
    }
}
