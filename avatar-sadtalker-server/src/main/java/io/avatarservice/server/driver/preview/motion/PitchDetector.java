package io.avatarservice.server.driver.preview.motion;

/**
 * Periodicity and fundamental of some 60 ms of sound: the highest peak of the normalized autocorrelation (Rabiner 1977),
 * at a quarter of the sample rate, where the fundamental lives.
 */
final class PitchDetector {

    private static final int DECIMATION = 4;
    private static final int RATE = SpeechMotion.SAMPLE_RATE / DECIMATION;

    /** 60 to 400 Hz: a low man's voice to a child's. */
    private static final int MIN_LAG = RATE / 400;

    private static final int MAX_LAG = RATE / 60;

    /** A later peak must be this much higher, or a voice would be heard an octave too low. */
    private static final double LATER_PEAK = 1.1;

    private final float[] decimated;
    private final double[] correlation = new double[MAX_LAG + 2];
    private float periodicity;
    private float semitones;

    PitchDetector(int samples) {
        decimated = new float[samples / DECIMATION];
    }

    float periodicity() {
        return periodicity;
    }

    /** Fundamental in semitones over 55 Hz. */
    float semitones() {
        return semitones;
    }

    void analyze(float[] window) {
        periodicity = 0;
        semitones = 0;
        double power = decimate(window);
        if (power < 1e-7) {
            return;
        }
        int length = decimated.length - MAX_LAG - 1;
        for (int lag = MIN_LAG - 1; lag <= MAX_LAG + 1; lag++) {
            correlation[lag] = correlate(lag, length);
        }
        int best = 0;
        double highest = 0;
        for (int lag = MIN_LAG; lag <= MAX_LAG; lag++) {
            double here = correlation[lag];
            boolean peak = here > correlation[lag - 1] && here >= correlation[lag + 1];
            if (peak && here > highest * (best == 0 ? 1 : LATER_PEAK)) {
                best = lag;
                highest = here;
            }
        }
        if (best > 0) {
            periodicity = (float) Math.min(1, highest);
            semitones = (float) (12 * Math.log(RATE / (55.0 * best)) / Math.log(2));
        }
    }

    private double decimate(float[] window) {
        double power = 0;
        for (int i = 0; i < decimated.length; i++) {
            int at = i * DECIMATION;
            decimated[i] = 0.25f * (window[at] + window[at + 1] + window[at + 2] + window[at + 3]);
            power += decimated[i] * decimated[i];
        }
        return power;
    }

    private double correlate(int lag, int length) {
        float product = 0;
        float first = 0;
        float second = 0;
        for (int i = 0; i < length; i++) {
            float a = decimated[i];
            float b = decimated[i + lag];
            product += a * b;
            first += a * a;
            second += b * b;
        }
        return product / Math.sqrt((double) first * second + 1e-14);
    }
}
