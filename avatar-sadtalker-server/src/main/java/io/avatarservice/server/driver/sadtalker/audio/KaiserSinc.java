package io.avatarservice.server.driver.sadtalker.audio;

/**
 * The right half of the interpolation filter that resampy 0.3.1 calls {@code kaiser_best}: a sinc of 50 zero crossings
 * under a Kaiser window, tabulated at 8192 points per crossing. Its parameters are those published with resampy.
 */
final class KaiserSinc {

    /** Table entries per zero crossing. */
    static final int PRECISION = 8192;

    /** Table entries. */
    static final int LENGTH = 50 * PRECISION + 1;

    private static final double ROLL_OFF = 0.9173473712608761;
    private static final double BETA = 12.984585247040012;

    private KaiserSinc() {}

    /** The table, every entry multiplied by {@code gain}. */
    static double[] table(double gain) {
        double[] table = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double position = (double) i / (LENGTH - 1);
            double taper = bessel(BETA * Math.sqrt(1 - position * position)) / bessel(BETA);
            table[i] = gain * taper * ROLL_OFF * sinc(ROLL_OFF * i / PRECISION);
        }
        return table;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The modified Bessel function of order zero by its power series, whose terms are all positive. */
    private static double bessel(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }
}
