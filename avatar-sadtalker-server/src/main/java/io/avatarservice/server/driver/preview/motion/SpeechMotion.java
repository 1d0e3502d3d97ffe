package io.avatarservice.server.driver.preview.motion;

/**
 * Plans how a face moves to a sound, in any language: it listens to loudness, vowel color and pitch and knows no words.
 * The sound is read once as a stream; only some twenty numbers a frame are kept while planning. Stateless and
 * thread-safe.
 */
public final class SpeechMotion {

    /** Samples per second of the sound that {@link #plan} reads. */
    public static final int SAMPLE_RATE = 16_000;

    /**
     * Plans the motion of a clip.
     *
     * @param source the sound, read to {@code samples} or to its end and not closed
     * @param samples length of the clip in samples at 16 kHz; a source that ends earlier is taken as silent from there
     * @param options seed and what to move
     * @return one frame for each 40 ms, rounded, and at least one
     * @throws IllegalArgumentException if {@code samples} is negative or too long to count in frames
     */
    public MotionTrack plan(SampleSource source, long samples, MotionOptions options) {
        int frames = frameCount(samples);
        SpeechFeatures features = new SpeechAnalyzer().analyze(source, samples, frames);
        Loudness loudness = Loudness.of(features);
        Prosody prosody = Prosody.of(features, loudness);
        return new MotionTrack(
                MouthMotion.plan(features, loudness, prosody, options.expressionScale()),
                options.blink() ? BlinkMotion.plan(prosody, options.seed()) : new float[frames],
                BrowMotion.plan(prosody, options.seed(), options.expressionScale()),
                options.still() ? HeadMotion.still(frames) : HeadMotion.plan(prosody, options.seed()));
    }

    private static int frameCount(long samples) {
        if (samples < 0) {
            throw new IllegalArgumentException("samples must not be negative, got " + samples);
        }
        long frames = Math.round((double) samples / SpeechFeatures.FRAME_SAMPLES);
        if (frames > Integer.MAX_VALUE / SpeechFeatures.HOPS_PER_FRAME) {
            throw new IllegalArgumentException("samples are too many to plan a motion for: " + samples);
        }
        return Math.max(1, (int) frames);
    }
}
