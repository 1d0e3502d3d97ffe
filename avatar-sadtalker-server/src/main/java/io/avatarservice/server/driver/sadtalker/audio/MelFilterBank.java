package io.avatarservice.server.driver.sadtalker.audio;

/**
 * Triangular filters on Slaney's mel scale (linear to 1 kHz, logarithmic above; Slaney 1998), each of unit area, rounded to
 * float32: those that librosa 0.9.2 makes for 80 bands from 55 to 7600 Hz, SadTalker's settings.
 */
final class MelFilterBank {

    static final int BANDS = 80;

    private static final double LOWEST_HZ = 55;
    private static final double HIGHEST_HZ = 7600;
    private static final double BIN_HZ = (double) Resampler.RATE / RealFourierTransform.SIZE;

    private static final double HZ_PER_MEL = 200.0 / 3;
    private static final double BREAK_HZ = 1000;
    private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    private final int[] firstBins = new int[BANDS];
    private final float[][] weights = new float[BANDS][];

    MelFilterBank() {
        double lowest = mel(LOWEST_HZ);
        double step = (mel(HIGHEST_HZ) - lowest) / (BANDS + 1);
        for (int band = 0; band < BANDS; band++) {
            double from = hertz(lowest + band * step);
            double center = hertz(lowest + (band + 1) * step);
            double to = hertz(lowest + (band + 2) * step);
            firstBins[band] = (int) Math.ceil(from / BIN_HZ);
            weights[band] = new float[(int) Math.floor(to / BIN_HZ) - firstBins[band] + 1];
            for (int i = 0; i < weights[band].length; i++) {
                double frequency = (firstBins[band] + i) * BIN_HZ;
                double rise = (frequency - from) / (center - from);
                double fall = (to - frequency) / (to - center);
                float height = (float) Math.max(0, Math.min(rise, fall));
                weights[band][i] = (float) (height * (2 / (to - from)));
            }
        }
    }

    /** The weight of one bin of the spectrum in one band. */
    float weight(int band, int bin) {
        int index = bin - firstBins[band];
        return index >= 0 && index < weights[band].length ? weights[band][index] : 0;
    }

    /** The weighted sum of a magnitude spectrum. */
    double apply(int band, double[] magnitudes) {
        double sum = 0;
        int bin = firstBins[band];
        for (float weight : weights[band]) {
            sum += weight * magnitudes[bin++];
        }
        return sum;
    }

    private static double mel(double hertz) {
        return hertz < BREAK_HZ ? hertz / HZ_PER_MEL : BREAK_MEL + Math.log(hertz / BREAK_HZ) / LOG_STEP;
    }

    private static double hertz(double mel) {
        return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
    }
}
