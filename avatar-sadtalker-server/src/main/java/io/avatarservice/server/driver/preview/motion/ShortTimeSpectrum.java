package io.avatarservice.server.driver.preview.motion;

import java.util.Arrays;

/**
 * Loudness and vowel color of 25 ms of sound. The spectral envelope comes from linear prediction by the autocorrelation
 * method (Makhoul 1975), which sees the formants and not the voice's harmonics. The first formant tells how open a
 * vowel is, the second how far the lips are spread or rounded; the ranges are those of Peterson &amp; Barney (1952) for men,
 * women and children together.
 */
final class ShortTimeSpectrum {

    /** Samples per window: 25 ms. */
    static final int WINDOW = 400;

    /** Poles: one pair per kilohertz of bandwidth, less the tilt that pre-emphasis takes away. */
    private static final int ORDER = 12;

    private static final double PRE_EMPHASIS = 0.95;

    /** Added to the zero lag, 40 dB down, so that a pure tone does not make the equations singular. */
    private static final double WHITE_NOISE = 1.0001;

    private static final int GRID_START_HZ = 200;
    private static final int GRID_STEP_HZ = 50;
    private static final int GRID_POINTS = 57;

    private static final int F1_FROM = gridIndex(200);
    private static final int F1_TO = gridIndex(1000);
    private static final int F2_FROM = gridIndex(800);
    private static final int F2_TO = gridIndex(3000);

    private static final double F1_CLOSE_HZ = 330;
    private static final double F1_OPEN_HZ = 720;
    private static final double F2_ROUND_HZ = 950;
    private static final double F2_NEUTRAL_HZ = 1600;
    private static final double F2_SPREAD_HZ = 2300;

    private final float[] taper = new float[WINDOW];
    private final float[] cosines = new float[GRID_POINTS * ORDER];
    private final float[] sines = new float[GRID_POINTS * ORDER];

    private final float[] tapered = new float[WINDOW + ORDER + 2];
    private final float[] sums = new float[ORDER + 2];
    private final double[] correlation = new double[ORDER + 1];
    private final double[] predictor = new double[ORDER + 1];
    private final double[] previous = new double[ORDER + 1];
    private final double[] envelope = new double[GRID_POINTS];

    private double power;
    private float tilt;
    private float openness;
    private float spread;

    ShortTimeSpectrum() {
        for (int i = 0; i < WINDOW; i++) {
            taper[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW));
        }
        for (int point = 0; point < GRID_POINTS; point++) {
            double omega = 2 * Math.PI * frequency(point) / SpeechMotion.SAMPLE_RATE;
            for (int k = 0; k < ORDER; k++) {
                cosines[point * ORDER + k] = (float) Math.cos(omega * (k + 1));
                sines[point * ORDER + k] = (float) Math.sin(omega * (k + 1));
            }
        }
    }

    /** Mean square of the samples. */
    double power() {
        return power;
    }

    /** Level in dB of full scale. */
    float energy() {
        return (float) Math.max(SpeechFeatures.SILENCE, 10 * Math.log10(power + 1e-10));
    }

    float tilt() {
        return tilt;
    }

    float openness() {
        return openness;
    }

    float spread() {
        return spread;
    }

    void analyze(float[] samples, int from) {
        autocorrelate(samples, from);
        // The squared Hann taper has a mean of 3/8.
        power = sums[0] / (WINDOW * 0.375);
        if (power < 1e-10) {
            tilt = 0;
            openness = 0;
            spread = 0;
            return;
        }
        tilt = sums[1] / sums[0];
        predict();
        evaluateEnvelope();
        shape(centroid(F1_FROM, F1_TO), centroid(F2_FROM, F2_TO));
    }

    private void autocorrelate(float[] samples, int from) {
        for (int i = 0; i < WINDOW; i++) {
            tapered[i] = samples[from + i] * taper[i];
        }
        Arrays.fill(sums, 0);
        for (int i = 0; i < WINDOW; i++) {
            float sample = tapered[i];
            for (int lag = 0; lag < sums.length; lag++) {
                sums[lag] += sample * tapered[i + lag];
            }
        }
    }

    /** Levinson-Durbin recursion on the autocorrelation of the pre-emphasized signal. */
    private void predict() {
        for (int lag = 0; lag <= ORDER; lag++) {
            double before = lag == 0 ? sums[1] : sums[lag - 1];
            correlation[lag] = (1 + PRE_EMPHASIS * PRE_EMPHASIS) * sums[lag] - PRE_EMPHASIS * (before + sums[lag + 1]);
        }
        correlation[0] *= WHITE_NOISE;
        Arrays.fill(predictor, 0);
        double error = correlation[0];
        for (int order = 1; order <= ORDER && error > 0; order++) {
            double sum = correlation[order];
            for (int k = 1; k < order; k++) {
                sum -= predictor[k] * correlation[order - k];
            }
            double reflection = sum / error;
            System.arraycopy(predictor, 0, previous, 0, order);
            predictor[order] = reflection;
            for (int k = 1; k < order; k++) {
                predictor[k] = previous[k] - reflection * previous[order - k];
            }
            error *= 1 - reflection * reflection;
        }
    }

    private void evaluateEnvelope() {
        for (int point = 0; point < GRID_POINTS; point++) {
            double real = 1;
            double imaginary = 0;
            for (int k = 0; k < ORDER; k++) {
                real -= predictor[k + 1] * cosines[point * ORDER + k];
                imaginary += predictor[k + 1] * sines[point * ORDER + k];
            }
            envelope[point] = 1 / (real * real + imaginary * imaginary + 1e-9);
        }
    }

    /** Center of gravity of a band in Hz: unlike a picked peak it never jumps from one formant to the next. */
    private double centroid(int from, int to) {
        double sum = 0;
        double moment = 0;
        for (int point = from; point <= to; point++) {
            sum += envelope[point];
            moment += envelope[point] * frequency(point);
        }
        return moment / sum;
    }

    private void shape(double f1, double f2) {
        openness = (float) ((bark(f1) - bark(F1_CLOSE_HZ)) / (bark(F1_OPEN_HZ) - bark(F1_CLOSE_HZ)));
        double neutral = bark(F2_NEUTRAL_HZ);
        double offset = bark(f2) - neutral;
        spread =
                (float) (offset > 0 ? offset / (bark(F2_SPREAD_HZ) - neutral) : offset / (neutral - bark(F2_ROUND_HZ)));
    }

    /** Critical-band rate (Traunmüller 1990). */
    private static double bark(double hertz) {
        return 26.81 * hertz / (1960 + hertz) - 0.53;
    }

    private static int frequency(int point) {
        return GRID_START_HZ + point * GRID_STEP_HZ;
    }

    private static int gridIndex(int hertz) {
        return (hertz - GRID_START_HZ) / GRID_STEP_HZ;
    }
}
