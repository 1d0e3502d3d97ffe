package io.avatarservice.server.driver.preview.motion;

import java.util.SplittableRandom;

/** Band-limited noise of unit deviation: a few sine waves of random frequency and phase, the slower the larger. */
final class SmoothNoise {

    private static final int WAVES = 5;

    private final double[] frequencies = new double[WAVES];
    private final double[] phases = new double[WAVES];
    private final double[] amplitudes = new double[WAVES];

    private SmoothNoise() {}

    /** Noise between two frequencies in Hz. */
    static SmoothNoise between(double lowest, double highest, SplittableRandom random) {
        SmoothNoise noise = new SmoothNoise();
        double power = 0;
        for (int i = 0; i < WAVES; i++) {
            // One wave in each fifth of the band, so that no seed has only slow or only fast ones.
            double frequency = lowest * Math.pow(highest / lowest, (i + random.nextDouble()) / WAVES);
            noise.frequencies[i] = 2 * Math.PI * frequency / MotionTrack.FRAME_RATE;
            noise.phases[i] = 2 * Math.PI * random.nextDouble();
            noise.amplitudes[i] = Math.sqrt(lowest / frequency);
            power += noise.amplitudes[i] * noise.amplitudes[i] / 2;
        }
        for (int i = 0; i < WAVES; i++) {
            noise.amplitudes[i] /= Math.sqrt(power);
        }
        return noise;
    }

    double at(int frame) {
        double value = 0;
        for (int i = 0; i < WAVES; i++) {
            value += amplitudes[i] * Math.sin(frequencies[i] * frame + phases[i]);
        }
        return value;
    }
}
