package io.avatarservice.server.driver.preview.motion;

/**
 * Lip shapes for vowel colors. Voices, rooms and microphones shift and squeeze the formants, so the vowels of a clip are
 * set into the middle of the space (as Lobanov 1971 does), the more the more different vowels were heard: a single
 * steady vowel stays what it is.
 *
 * @param openness per frame: 0 close to 1 open
 * @param spread per frame: -1 rounded to +1 spread
 */
record VowelSpace(float[] openness, float[] spread) {

    private static final double OPENNESS_MEAN = 0.45;
    private static final double OPENNESS_DEVIATION = 0.3;
    private static final double SPREAD_MEAN = 0.05;
    private static final double SPREAD_DEVIATION = 0.5;

    /** Between these deviations of openness a clip turns from one vowel to many. */
    private static final double ONE_VOWEL = 0.08;

    private static final double MANY_VOWELS = 0.2;

    /** Voiced frames that tell something about a voice, and that tell enough: 0.4 and 2 seconds. */
    private static final double FEW_FRAMES = 10;

    private static final double MANY_FRAMES = 50;

    /** Lips take some 80 ms from one shape to the next. */
    private static final int RADIUS = 2;

    private static final float LEAST_WEIGHT = 1e-3f;

    static VowelSpace of(SpeechFeatures features, Loudness loudness) {
        float[] weights = weights(features, loudness);
        Moments open = Moments.of(features.openness(), weights);
        Moments color = Moments.of(features.spread(), weights);
        double trust = Curves.smoothstep(ONE_VOWEL, MANY_VOWELS, open.deviation())
                * Curves.smoothstep(FEW_FRAMES, MANY_FRAMES, open.count());
        float[] openness = new float[weights.length];
        float[] spread = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double o = open.moved(features.openness()[i], OPENNESS_MEAN, OPENNESS_DEVIATION, trust);
            double s = color.moved(features.spread()[i], SPREAD_MEAN, SPREAD_DEVIATION, trust);
            openness[i] = (float) Curves.clamp(o, 0, 1);
            // Open back vowels share their low second formant with rounded ones, not their lips.
            spread[i] = (float) Curves.clamp(s < 0 ? s * (1 - openness[i] * openness[i]) : s, -1, 1);
        }
        return new VowelSpace(smooth(openness, weights), smooth(spread, weights));
    }

    private static float[] weights(SpeechFeatures features, Loudness loudness) {
        float[] weights = new float[features.frames()];
        for (int i = 0; i < weights.length; i++) {
            double voiced = Curves.smoothstep(0.4, 0.8, features.periodicity()[i]);
            weights[i] = (float) (loudness.perFrame()[i] * voiced + LEAST_WEIGHT);
        }
        return weights;
    }

    /** Smooths a shape so that loud vowels tell the frames around them what they lead to. */
    private static float[] smooth(float[] shape, float[] weights) {
        float[] product = new float[shape.length];
        for (int i = 0; i < shape.length; i++) {
            product[i] = shape[i] * weights[i];
        }
        float[] smoothed = Curves.smooth(product, RADIUS);
        float[] total = Curves.smooth(weights, RADIUS);
        for (int i = 0; i < shape.length; i++) {
            smoothed[i] /= total[i];
        }
        return smoothed;
    }

    /** Weighted mean and deviation, and how many full weights they come from. */
    private record Moments(double mean, double deviation, double count) {

        static Moments of(float[] values, float[] weights) {
            double count = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                count += weights[i];
                sum += weights[i] * values[i];
                squares += weights[i] * values[i] * values[i];
            }
            double mean = sum / count;
            return new Moments(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)), count);
        }

        double moved(double value, double wantedMean, double wantedDeviation, double trust) {
            double gain = Curves.clamp(wantedDeviation / Math.max(deviation, 1e-3), 0.6, 1.6);
            double moved = wantedMean + (value - mean) * gain;
            return value + trust * (moved - value);
        }
    }
}
