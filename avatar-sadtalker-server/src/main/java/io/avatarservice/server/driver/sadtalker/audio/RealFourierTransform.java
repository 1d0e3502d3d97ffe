package io.avatarservice.server.driver.sadtalker.audio;

/**
 * Magnitudes of the discrete Fourier transform of 800 real values. Even and odd values are one complex sequence of 400 =
 * 5 · 5 · 4 · 4, transformed in passes that sort as they go (Stockham). For one thread.
 */
final class RealFourierTransform {

    static final int SIZE = 800;

    /** Bins from zero up to and including half the sample rate. */
    static final int BINS = SIZE / 2 + 1;

    private static final int HALF = SIZE / 2;
    private static final int[] RADICES = {5, 5, 4, 4};

    private final Pass[] passes = new Pass[RADICES.length];
    private final double[] cosines = new double[BINS];
    private final double[] sines = new double[BINS];

    private double[] real = new double[HALF];
    private double[] imaginary = new double[HALF];
    private double[] nextReal = new double[HALF];
    private double[] nextImaginary = new double[HALF];

    RealFourierTransform() {
        int length = HALF;
        for (int i = 0; i < RADICES.length; i++) {
            passes[i] = Pass.of(RADICES[i], length);
            length /= RADICES[i];
        }
        for (int k = 0; k < BINS; k++) {
            cosines[k] = Math.cos(2 * Math.PI * k / SIZE);
            sines[k] = Math.sin(2 * Math.PI * k / SIZE);
        }
    }

    /**
     * Transforms one frame.
     *
     * @param frame {@link #SIZE} values
     * @param magnitudes receives {@link #BINS} values
     */
    void magnitudes(double[] frame, double[] magnitudes) {
        for (int i = 0; i < HALF; i++) {
            real[i] = frame[2 * i];
            imaginary[i] = frame[2 * i + 1];
        }
        for (Pass pass : passes) {
            pass.run(real, imaginary, nextReal, nextImaginary);
            swap();
        }
        for (int k = 0; k < BINS; k++) {
            int at = k % HALF;
            int mirror = (HALF - k) % HALF;
            double evenReal = real[at] + real[mirror];
            double evenImaginary = imaginary[at] - imaginary[mirror];
            double oddReal = imaginary[at] + imaginary[mirror];
            double oddImaginary = real[mirror] - real[at];
            double x = evenReal + cosines[k] * oddReal + sines[k] * oddImaginary;
            double y = evenImaginary + cosines[k] * oddImaginary - sines[k] * oddReal;
            magnitudes[k] = Math.sqrt(x * x + y * y) / 2;
        }
    }

    private void swap() {
        double[] swap = real;
        real = nextReal;
        nextReal = swap;
        swap = imaginary;
        imaginary = nextImaginary;
        nextImaginary = swap;
    }

    /**
     * One pass over sub-transforms of one length: the small transforms of {@code radix} values, with the twiddle factors
     * multiplied in.
     *
     * @param cosines real parts of the factors by group, output and input
     * @param sines negated imaginary parts, likewise
     */
    private record Pass(int radix, int groups, int stride, double[] cosines, double[] sines) {

        static Pass of(int radix, int length) {
            int groups = length / radix;
            double[] cosines = new double[length * radix];
            double[] sines = new double[length * radix];
            for (int group = 0; group < groups; group++) {
                for (int output = 0; output < radix; output++) {
                    for (int input = 0; input < radix; input++) {
                        int turn = output * (group + groups * input) % length;
                        int index = (group * radix + output) * radix + input;
                        cosines[index] = Math.cos(2 * Math.PI * turn / length);
                        sines[index] = Math.sin(2 * Math.PI * turn / length);
                    }
                }
            }
            return new Pass(radix, groups, HALF / length, cosines, sines);
        }

        void run(double[] real, double[] imaginary, double[] toReal, double[] toImaginary) {
            for (int group = 0; group < groups; group++) {
                for (int output = 0; output < radix; output++) {
                    int factor = (group * radix + output) * radix;
                    int to = stride * (group * radix + output);
                    for (int lane = 0; lane < stride; lane++) {
                        double x = 0;
                        double y = 0;
                        int from = stride * group + lane;
                        for (int input = 0; input < radix; input++) {
                            double cosine = cosines[factor + input];
                            double sine = sines[factor + input];
                            x += cosine * real[from] + sine * imaginary[from];
                            y += cosine * imaginary[from] - sine * real[from];
                            from += stride * groups;
                        }
                        toReal[to + lane] = x;
                        toImaginary[to + lane] = y;
                    }
                }
            }
        }
    }
}
