package io.avatarservice.server.driver.sadtalker.audio;

import io.avatarservice.server.torch.FloatTensor;

/**
 * The mel spectrogram of speech, as SadTalker computes it: pre-emphasis, Hann windows of 50 ms every 12.5 ms, 80 bands,
 * decibels mapped to {@code -4..4}. Computed in double, kept in float32.
 *
 * @param values row-major, {@link #columns()} rows of {@link #BANDS}; not copied
 * @param frames video frames that the sound fills; sound beyond the last whole frame is left out
 */
public record MelSpectrogram(float[] values, int frames) {

    /** Mel bands. */
    public static final int BANDS = MelFilterBank.BANDS;

    /** Samples at {@link Resampler#RATE} that one video frame lasts, at 25 frames per second. */
    public static final int SAMPLES_PER_FRAME = 640;

    /** Samples from one column of the spectrogram to the next. */
    public static final int SAMPLES_PER_COLUMN = 200;

    /**
     * Reads a sound to its end.
     *
     * @param source mono sound at {@link Resampler#RATE}
     * @return the spectrogram; of no frames where there are fewer than {@link #SAMPLES_PER_FRAME} samples
     */
    public static MelSpectrogram of(SampleSource source) {
        MelAnalyzer analyzer = new MelAnalyzer();
        float[] block = new float[MelAnalyzer.BLOCK];
        for (int count = source.read(block); count > 0; count = source.read(block)) {
            analyzer.add(block, count);
        }
        return analyzer.finish();
    }

    /** How many columns there are in time: {@code 1 + samples / 200}. */
    public int columns() {
        return values.length / BANDS;
    }

    /** The spectrogram as {@code [T,80]}. */
    public FloatTensor tensor() {
        return FloatTensor.of(values, columns(), BANDS);
    }
}
