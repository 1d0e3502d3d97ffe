package io.avatarservice.server.driver.preview.motion;

import static io.avatarservice.server.driver.preview.motion.SpeechFeatures.HOPS_PER_FRAME;

/**
 * Finds plosives by their silent gap and the burst that ends it, and presses the lips during the gap. A burst with
 * little treble is more likely made with the lips (Stevens &amp; Blumstein 1978) and presses them harder.
 */
final class Closures {

    /** The gap of a plosive lasts 50 to 150 ms (Lisker 1957); after a longer one only its end is a closure. */
    private static final int GAP_HOPS = 4;

    private static final float GAP_LOUDNESS = 0.15f;

    /** A burst rises by this much within {@link #RISE_HOPS}; a vowel after a pause takes longer. */
    private static final float RISE_DB = 12;

    private static final int RISE_HOPS = 2;
    private static final float BURST_LOUDNESS = 0.2f;

    private static final double WEAKEST = 0.4;
    private static final double STRONGEST = 0.9;

    private Closures() {}

    /** Lip pressure per frame, 0 to 1. */
    static float[] press(SpeechFeatures features, Loudness loudness) {
        float[] press = new float[features.frames()];
        int gap = 0;
        for (int hop = 0; hop + RISE_HOPS < features.hops(); hop++) {
            if (loudness.perHop()[hop] < GAP_LOUDNESS) {
                gap++;
                if (gap >= GAP_HOPS && bursts(features, loudness, hop)) {
                    int burst = hop + RISE_HOPS;
                    close(press, burst, WEAKEST + (STRONGEST - WEAKEST) * lips(features, burst));
                    gap = 0;
                }
            } else {
                gap = 0;
            }
        }
        return press;
    }

    private static boolean bursts(SpeechFeatures features, Loudness loudness, int hop) {
        float rise = features.energy()[hop + RISE_HOPS] - features.energy()[hop];
        return rise > RISE_DB && loudness.perHop()[hop + RISE_HOPS] > BURST_LOUDNESS;
    }

    private static double lips(SpeechFeatures features, int burst) {
        // The noise of the burst itself has less bass than the vowel that may already sound in the other hop.
        double tilt = Math.min(features.tilt()[burst], features.tilt()[Math.min(burst + 1, features.hops() - 1)]);
        return Curves.smoothstep(0.6, 0.98, tilt);
    }

    /** Closes over 40 ms, holds, and opens with the burst. */
    private static void close(float[] press, int burst, double strength) {
        double burstFrame = (double) burst / HOPS_PER_FRAME;
        for (int frame = (int) Math.max(0, burstFrame - 5); frame < Math.min(press.length, burstFrame + 1); frame++) {
            double before = burstFrame - (frame + 0.5);
            double closed = 1 - Curves.smoothstep(2.2, 3.6, before);
            double held = Curves.smoothstep(-0.5, 0.8, before);
            press[frame] = (float) Math.max(press[frame], strength * closed * held);
        }
    }
}
