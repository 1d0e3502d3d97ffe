package io.avatarservice.server.driver.preview.motion;

import static io.avatarservice.server.driver.preview.motion.SpeechFeatures.FRAME_SAMPLES;
import static io.avatarservice.server.driver.preview.motion.SpeechFeatures.HOPS_PER_FRAME;
import static io.avatarservice.server.driver.preview.motion.SpeechFeatures.HOP_SAMPLES;

/** Reads a sound frame by frame and measures each. One instance serves one sound. */
final class SpeechAnalyzer {

    /** Samples before and after a frame that its windows reach into. */
    private static final int MARGIN = 200;

    /** Pole of the high-pass that takes away offset, hum and rumble: 80 Hz at 16 kHz. */
    private static final float HIGH_PASS_POLE = 0.969f;

    /** Louder than any sound in range; a broken float file must not blow up the measures. */
    private static final float MAX_SAMPLE = 4;

    private final float[] chunk = new float[4096];
    private int chunkPosition;
    private int chunkLength;
    private long remaining;

    private float lastInput;
    private float lastOutput;

    private final float[] window = new float[FRAME_SAMPLES + 2 * MARGIN];
    private final ShortTimeSpectrum spectrum = new ShortTimeSpectrum();
    private final PitchDetector pitchDetector = new PitchDetector(window.length);

    SpeechFeatures analyze(SampleSource source, long samples, int frames) {
        SpeechFeatures features = SpeechFeatures.ofFrames(frames);
        remaining = samples;
        fill(source, MARGIN, 2 * MARGIN);
        for (int frame = 0; frame < frames; frame++) {
            fill(source, 2 * MARGIN, window.length);
            measure(frame, features);
            System.arraycopy(window, FRAME_SAMPLES, window, 0, 2 * MARGIN);
        }
        return features;
    }

    private void measure(int frame, SpeechFeatures features) {
        double weights = 0;
        double openness = 0;
        double spread = 0;
        for (int i = 0; i < HOPS_PER_FRAME; i++) {
            int hop = frame * HOPS_PER_FRAME + i;
            int center = MARGIN + i * HOP_SAMPLES + HOP_SAMPLES / 2;
            spectrum.analyze(window, center - ShortTimeSpectrum.WINDOW / 2);
            features.energy()[hop] = spectrum.energy();
            features.tilt()[hop] = spectrum.tilt();
            double weight = spectrum.power();
            weights += weight;
            openness += weight * spectrum.openness();
            spread += weight * spectrum.spread();
        }
        if (weights > 0) {
            features.openness()[frame] = (float) (openness / weights);
            features.spread()[frame] = (float) (spread / weights);
        }
        pitchDetector.analyze(window);
        features.periodicity()[frame] = pitchDetector.periodicity();
        features.pitch()[frame] = pitchDetector.semitones();
    }

    /** Fills a stretch of the window with high-passed samples; after the end comes silence. */
    private void fill(SampleSource source, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean more = chunkPosition < chunkLength || nextChunk(source);
            window[i] = highPass(more ? clean(chunk[chunkPosition++]) : 0);
        }
    }

    private boolean nextChunk(SampleSource source) {
        int read = remaining > 0 ? source.read(chunk) : -1;
        chunkPosition = 0;
        chunkLength = (int) Math.min(Math.max(read, 0), remaining);
        // The end stays the end: a source need not stand being read again after it.
        remaining = chunkLength == 0 ? 0 : remaining - chunkLength;
        return chunkLength > 0;
    }

    private float highPass(float input) {
        float output = HIGH_PASS_POLE * (lastOutput + input - lastInput);
        lastInput = input;
        // Flushed, because denormal numbers would make silence the slowest part of a clip.
        lastOutput = Math.abs(output) < 1e-12f ? 0 : output;
        return lastOutput;
    }

    private static float clean(float sample) {
        return Float.isFinite(sample) ? Math.max(-MAX_SAMPLE, Math.min(MAX_SAMPLE, sample)) : 0;
    }
}
