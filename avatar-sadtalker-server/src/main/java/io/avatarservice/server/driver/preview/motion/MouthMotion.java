package io.avatarservice.server.driver.preview.motion;

import static io.avatarservice.server.driver.preview.motion.SpeechFeatures.HOPS_PER_FRAME;

import io.avatarservice.server.driver.preview.motion.Prosody.Pause;
import java.util.List;

/** The mouth of every frame; ranges as in {@link MotionFrame}. */
record MouthMotion(float[] jaw, float[] spread, float[] press, float[] activity) {

    /**
     * Lips lead the sound: by about 80 ms, in the middle of what was measured for connected speech (Chandrasekaran et al.
     * 2009; Schwartz &amp; Savariaux 2014 for the lower end).
     */
    private static final int LEAD_FRAMES = 2;

    /** Opening is quicker than closing; time constants in hops. */
    private static final double ATTACK_HOPS = 2;

    private static final double RELEASE_HOPS = 5;

    /** What attack and release delay, in hops; taken back so that the lead is the lead. */
    private static final int FOLLOWER_DELAY_HOPS = 3;

    private static final int JAW_RADIUS_HOPS = 6;

    /** Sharpens syllables against their surroundings, as articulation does, by a quarter of a second's mean. */
    private static final double ARTICULATION = 0.7;

    private static final int ARTICULATION_RADIUS_HOPS = 20;

    /** An opening that is too small to show its purpose. */
    private static final double LEAST_OPENING = 0.03;

    /** A close vowel opens the mouth about half as far as an open one at the same loudness (Linker 1982). */
    private static final double CLOSE_VOWEL = 0.55;

    private static final double UNVOICED = 0.35;

    /** How far a mouth opens, of its full opening, while there is nothing to be heard yet. */
    private static final double READY = 0.4;

    /** Below a quarter of the expression the portrait's own mouth comes back, smile and all. */
    private static final double OWN_MOUTH_BELOW = 4;

    /** Plosives raise the jaw, also those that the tongue makes and that press the lips less. */
    private static final double CLOSED = 0.8;

    /** Per frame: the jaw needs some 100 ms from closed to wide open (Nelson 1983). */
    private static final float MAX_STEP = 0.4f;

    /** Share of an opening that is left a frame later at least. */
    private static final double HELD = 0.5;

    private static final int OPENING_RAMP = 5;
    /** The portrait's own mouth gives way to speech at once; it comes back a little slower, as a smile does. */
    private static final int ACTIVITY_IN = 3;

    private static final int ACTIVITY_OUT = 5;

    /** Frames between the lips' closing and the first sound: people close their mouth before they speak. */
    private static final int READY_FRAMES = 3;

    /** A loud vowel opens the mouth to some nine tenths. */
    private static final double GAIN = 1.15;

    static MouthMotion plan(SpeechFeatures features, Loudness loudness, Prosody prosody, double scale) {
        int frames = features.frames();
        MouthMotion mouth = new MouthMotion(
                new float[frames], new float[frames], Closures.press(features, loudness), activity(prosody));
        float[] opening = opening(loudness.perHop());
        VowelSpace vowels = VowelSpace.of(features, loudness);
        float[] voicing = Curves.smooth(voicing(features), 1);
        for (int i = 0; i < frames; i++) {
            double rest = Curves.awayFromRest(i, frames, OPENING_RAMP);
            int heard = Math.min(frames - 1, i + LEAD_FRAMES);
            double shape = (CLOSE_VOWEL + (1 - CLOSE_VOWEL) * vowels.openness()[heard])
                    * (UNVOICED + (1 - UNVOICED) * voicing[heard]);
            double jaw = frameOf(opening, i)
                    * shape
                    * anticipation(loudness.perFrame(), i)
                    * (1 - Math.min(CLOSED, 1.2 * mouth.press[i]));
            double visible = Math.min(1, GAIN * Math.max(0, (jaw - LEAST_OPENING) / (1 - LEAST_OPENING)));
            mouth.jaw[i] = (float) (Curves.express(visible, scale) * rest);
            double lips =
                    vowels.spread()[heard] * voicing[heard] * Curves.smoothstep(0, 0.25, loudness.perFrame()[heard]);
            mouth.spread[i] = (float) (Curves.express(lips, scale) * rest);
            mouth.press[i] *= (float) (Math.min(1, scale) * rest);
            mouth.activity[i] *= (float) Math.min(1, OWN_MOUTH_BELOW * scale);
        }
        closeLater(mouth.jaw, mouth.press);
        limitSpeed(mouth.jaw);
        return mouth;
    }

    /** Lips lead when they open; when they close they stay with the sound for longer, unless a plosive shuts them. */
    private static void closeLater(float[] jaw, float[] press) {
        for (int i = jaw.length - 1; i > 0; i--) {
            float held = (float) (HELD * jaw[i - 1] * Math.max(0, 1 - 2 * press[i]));
            jaw[i] = Math.max(jaw[i], held);
        }
        jaw[jaw.length - 1] = 0;
    }

    /** Lips part before the sound, but no further than to be ready for it. */
    private static double anticipation(float[] loudness, int frame) {
        double now = (loudness[frame] + loudness[Math.min(loudness.length - 1, frame + 1)]) / 2;
        return READY + (1 - READY) * Curves.smoothstep(0, 0.25, now);
    }

    /** Lowers what would be reached or left too fast; a closure stays closed. */
    private static void limitSpeed(float[] jaw) {
        for (int i = 1; i < jaw.length; i++) {
            jaw[i] = Math.min(jaw[i], jaw[i - 1] + MAX_STEP);
        }
        for (int i = jaw.length - 2; i >= 0; i--) {
            jaw[i] = Math.min(jaw[i], jaw[i + 1] + MAX_STEP);
        }
    }

    /** Follows the loudness, hop by hop. */
    private static float[] opening(float[] loudness) {
        float[] followed = new float[loudness.length];
        double value = 0;
        for (int hop = 0; hop < loudness.length; hop++) {
            double step = loudness[hop] - value;
            value += step * (1 - Math.exp(-1 / (step > 0 ? ATTACK_HOPS : RELEASE_HOPS)));
            followed[hop] = (float) value;
        }
        float[] opening = Curves.smooth(followed, JAW_RADIUS_HOPS);
        float[] surroundings = Curves.smooth(followed, ARTICULATION_RADIUS_HOPS);
        for (int hop = 0; hop < opening.length; hop++) {
            double sharpened = opening[hop] + ARTICULATION * (opening[hop] - surroundings[hop]);
            opening[hop] = (float) Curves.clamp(sharpened, 0, 1);
        }
        return opening;
    }

    private static double frameOf(float[] opening, int frame) {
        int from = (frame + LEAD_FRAMES) * HOPS_PER_FRAME + FOLLOWER_DELAY_HOPS;
        double sum = 0;
        for (int hop = from; hop < from + HOPS_PER_FRAME; hop++) {
            sum += opening[Math.min(hop, opening.length - 1)];
        }
        return sum / HOPS_PER_FRAME;
    }

    private static float[] voicing(SpeechFeatures features) {
        float[] voicing = new float[features.frames()];
        for (int i = 0; i < voicing.length; i++) {
            double tilt = 0;
            for (int hop = i * HOPS_PER_FRAME; hop < (i + 1) * HOPS_PER_FRAME; hop++) {
                tilt += features.tilt()[hop] / HOPS_PER_FRAME;
            }
            voicing[i] = (float)
                    Math.max(Curves.smoothstep(0.1, 0.6, tilt), Curves.smoothstep(0.5, 0.8, features.periodicity()[i]));
        }
        return voicing;
    }

    /** From just before the first word to just after the last, pauses between them included. */
    private static float[] activity(Prosody prosody) {
        int frames = prosody.frames();
        float[] activity = new float[frames];
        if (!prosody.hasSpeech()) {
            return activity;
        }
        List<Pause> pauses = prosody.pauses();
        Pause none = new Pause(frames, 0);
        Pause first = pauses.isEmpty() ? none : pauses.get(0);
        Pause last = pauses.isEmpty() ? none : pauses.get(pauses.size() - 1);
        int speechStart = first.start() == 0 ? first.end() : 0;
        int speechEnd = last.end() == frames ? last.start() : frames;
        int from = Math.max(0, speechStart - LEAD_FRAMES - READY_FRAMES - ACTIVITY_IN);
        int to = Math.min(frames, speechEnd + 2 + ACTIVITY_OUT);
        for (int i = from; i < to; i++) {
            activity[i] = (float) Math.min(
                    Curves.smoothstep(0, ACTIVITY_IN, i - from), Curves.smoothstep(0, ACTIVITY_OUT, to - 1 - i));
        }
        return activity;
    }
}
