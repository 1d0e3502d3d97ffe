package io.avatarservice.server.driver.preview.motion;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a speaker pauses and what they stress.
 *
 * @param frames length of the clip in frames
 * @param pauses stretches without speech of at least a fifth of a second, in order; also before and after all speech
 * @param stresses stressed syllables in order
 */
record Prosody(int frames, List<Pause> pauses, List<Stress> stresses) {

    /** Quieter frames are no speech. */
    private static final float SPEECH = 0.08f;

    /** A fifth of a second: shorter gaps are closures within words (Zellner 1994). */
    private static final int MIN_PAUSE = 5;

    /** Syllables come 3 to 8 a second, stressed ones once or twice (Greenberg 1999). */
    private static final int STRESS_SPACING = 14;

    private static final int SYLLABLE_RADIUS = 3;
    private static final int SURROUNDINGS_RADIUS = 16;
    private static final float MIN_PROMINENCE = 0.02f;

    /** How much a semitone over the voice's own middle counts: half of what 10 dB do. */
    private static final double SEMITONE = 0.03;

    /**
     * Frames without speech.
     *
     * @param start first frame
     * @param end frame after the last
     */
    record Pause(int start, int end) {

        int length() {
            return end - start;
        }
    }

    /**
     * A stressed syllable.
     *
     * @param frame where it is loudest
     * @param strength 0 hardly to 1 strongest
     */
    record Stress(int frame, float strength) {}

    static Prosody of(SpeechFeatures features, Loudness loudness) {
        return new Prosody(
                features.frames(), pauses(loudness.perFrame()), stresses(loudness.perFrame(), accents(features)));
    }

    /** Whether there is any speech at all. */
    boolean hasSpeech() {
        return pauses.stream().mapToInt(Pause::length).sum() < frames;
    }

    private static List<Pause> pauses(float[] loudness) {
        List<Pause> pauses = new ArrayList<>();
        int start = 0;
        for (int frame = 0; frame <= loudness.length; frame++) {
            if (frame < loudness.length && loudness[frame] < SPEECH) {
                continue;
            }
            boolean atEdge = start == 0 || frame == loudness.length;
            if (frame - start >= (atEdge ? 1 : MIN_PAUSE)) {
                pauses.add(new Pause(start, frame));
            }
            start = frame + 1;
        }
        return List.copyOf(pauses);
    }

    /** Pitch movement in semitones around the voice's own middle, 0 where there is no voice. */
    private static float[] accents(SpeechFeatures features) {
        float[] accents = new float[features.frames()];
        double sum = 0;
        int voiced = 0;
        for (int i = 0; i < accents.length; i++) {
            if (isVoiced(features, i)) {
                sum += features.pitch()[i];
                voiced++;
            }
        }
        for (int i = 0; i < accents.length; i++) {
            if (isVoiced(features, i)) {
                // An octave error is no accent.
                accents[i] = (float) Curves.clamp(features.pitch()[i] - sum / voiced, -6, 6);
            }
        }
        return Curves.smooth(accents, SYLLABLE_RADIUS);
    }

    private static boolean isVoiced(SpeechFeatures features, int frame) {
        return features.periodicity()[frame] > 0.6f;
    }

    private static List<Stress> stresses(float[] loudness, float[] accents) {
        float[] syllables = Curves.smooth(loudness, SYLLABLE_RADIUS);
        float[] surroundings = Curves.smooth(loudness, SURROUNDINGS_RADIUS);
        List<Stress> stresses = new ArrayList<>();
        for (int i = 1; i < loudness.length - 1; i++) {
            boolean peak = syllables[i] >= syllables[i - 1] && syllables[i] > syllables[i + 1];
            double prominence = syllables[i] - surroundings[i] + SEMITONE * accents[i];
            if (!peak || syllables[i] < 2 * SPEECH || prominence < MIN_PROMINENCE) {
                continue;
            }
            Stress stress = new Stress(i, (float) Curves.smoothstep(MIN_PROMINENCE, 0.4, prominence));
            Stress last = stresses.isEmpty() ? null : stresses.get(stresses.size() - 1);
            if (last == null || i - last.frame() >= STRESS_SPACING) {
                stresses.add(stress);
            } else if (stress.strength() > last.strength()
                    && (stresses.size() < 2
                            || i - stresses.get(stresses.size() - 2).frame() >= STRESS_SPACING)) {
                stresses.set(stresses.size() - 1, stress);
            }
        }
        return List.copyOf(stresses);
    }
}
