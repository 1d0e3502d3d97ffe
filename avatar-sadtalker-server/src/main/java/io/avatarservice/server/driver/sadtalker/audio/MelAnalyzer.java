package io.avatarservice.server.driver.sadtalker.audio;

import java.util.Arrays;

/** Computes a {@link MelSpectrogram} from samples that come block by block. For one thread. */
final class MelAnalyzer {

    /** The most samples that one call may add. */
    static final int BLOCK = 16_000;

    private static final int WINDOW = RealFourierTransform.SIZE;
    private static final int HOP = MelSpectrogram.SAMPLES_PER_COLUMN;

    /** Zeros before and after the sound, so that the first and the last window are centered on its ends. */
    private static final int PADDING = WINDOW / 2;

    private static final double PRE_EMPHASIS = 0.97;

    /** What counts as silence: 100 dB below full scale. */
    private static final double LOWEST_MAGNITUDE = 1e-5;

    private static final double LOWEST_DB = -100;
    private static final double REFERENCE_DB = 20;
    private static final double LIMIT = 4;

    private final double[] hann = new double[WINDOW];
    private final MelFilterBank filters = new MelFilterBank();
    private final RealFourierTransform transform = new RealFourierTransform();
    private final double[] windowed = new double[WINDOW];
    private final double[] magnitudes = new double[RealFourierTransform.BINS];

    /** Padded and emphasized samples not yet done with; a window starts at index 0. */
    private final double[] pending = new double[BLOCK + WINDOW + 2 * MelSpectrogram.SAMPLES_PER_FRAME];

    private int limit = PADDING;
    private long received;
    private float last;

    private float[] values = new float[0];
    private int columns;

    MelAnalyzer() {
        for (int i = 0; i < WINDOW; i++) {
            hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
        }
    }

    void add(float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            pending[limit++] = samples[i] - PRE_EMPHASIS * last;
            last = samples[i];
        }
        received += count;
        analyze(limit - cutOff());
    }

    MelSpectrogram finish() {
        int end = limit - cutOff();
        Arrays.fill(pending, end, end + PADDING, 0);
        analyze(end + PADDING);
        int frames = Math.toIntExact(received / MelSpectrogram.SAMPLES_PER_FRAME);
        return new MelSpectrogram(Arrays.copyOf(values, columns * MelFilterBank.BANDS), frames);
    }

    /** Samples after the last whole frame, which the spectrogram must not see unless more follow. */
    private int cutOff() {
        return (int) (received % MelSpectrogram.SAMPLES_PER_FRAME);
    }

    private void analyze(int end) {
        int start = 0;
        for (; start + WINDOW <= end; start += HOP) {
            addColumn(start);
        }
        System.arraycopy(pending, start, pending, 0, limit - start);
        limit -= start;
    }

    private void addColumn(int start) {
        for (int i = 0; i < WINDOW; i++) {
            windowed[i] = pending[start + i] * hann[i];
        }
        transform.magnitudes(windowed, magnitudes);
        int at = columns++ * MelFilterBank.BANDS;
        if (at + MelFilterBank.BANDS > values.length) {
            values = Arrays.copyOf(values, at + Math.max(at / 2, 100 * MelFilterBank.BANDS));
        }
        for (int band = 0; band < MelFilterBank.BANDS; band++) {
            values[at + band] = (float) normalize(filters.apply(band, magnitudes));
        }
    }

    private static double normalize(double magnitude) {
        double decibels = 20 * Math.log10(Math.max(LOWEST_MAGNITUDE, magnitude)) - REFERENCE_DB;
        double scaled = 2 * LIMIT * ((decibels - LOWEST_DB) / -LOWEST_DB) - LIMIT;
        return Math.max(-LIMIT, Math.min(LIMIT, scaled));
    }
}
