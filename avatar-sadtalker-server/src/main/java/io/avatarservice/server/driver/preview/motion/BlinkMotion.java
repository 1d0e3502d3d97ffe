package io.avatarservice.server.driver.preview.motion;

import io.avatarservice.server.driver.preview.motion.Prosody.Pause;
import java.util.SplittableRandom;

/**
 * When the eyes blink: 12 to 26 times a minute, as people do in conversation (Bentivoglio et al. 1997), at intervals of
 * log-normal spread, most gladly where a phrase ends (Condon &amp; Ogston 1967). The lid falls faster than it rises
 * (Evinger et al. 1991).
 */
final class BlinkMotion {

    private static final double MEDIAN_INTERVAL = seconds(3.1);
    private static final double INTERVAL_SPREAD = 0.35;

    /** The bounds keep even a clip of eight seconds between 8 and 30 blinks a minute. */
    private static final double MIN_INTERVAL = seconds(2.3);

    private static final double MAX_INTERVAL = seconds(5);
    private static final double FIRST_FROM = seconds(1);
    private static final double FIRST_TO = seconds(2);

    /** In a clip too short for all that one blink may come this early. */
    private static final double SHORT_CLIP = seconds(3);

    private static final double EARLIEST = seconds(0.4);
    private static final double PHRASE_END_REACH = seconds(0.6);
    private static final double DOUBLE_CHANCE = 0.25;

    /** Eyes that have not blinked for so long may blink twice. */
    private static final double DOUBLE_AFTER = seconds(3.5);

    private static final int DOUBLE_GAP = 3;

    /** Frames at rest after the last blink. */
    private static final int TAIL = 3;

    private static final float[] CLOSING = {0.55f, 1, 1};
    private static final float[] QUICK_OPENING = {0.7f, 0.35f, 0.1f};
    private static final float[] SLOW_OPENING = {0.8f, 0.5f, 0.25f, 0.08f};

    private BlinkMotion() {}

    /** How far the lids are closed in each frame, 0 to 1. */
    static float[] plan(Prosody prosody, long seed) {
        float[] lids = new float[prosody.frames()];
        SplittableRandom random = RandomStream.BLINK.of(seed);
        double last = -MIN_INTERVAL;
        double wish = first(lids.length, random);
        while (wish < lids.length) {
            double earliest = Math.max(EARLIEST, last + MIN_INTERVAL);
            double latest = last < 0 ? FIRST_TO : last + MAX_INTERVAL;
            int start = (int) Math.ceil(nearPhraseEnd(prosody, wish, earliest, latest));
            int end = blink(lids, start, random);
            boolean again = random.nextDouble() < DOUBLE_CHANCE && last > 0 && start - last >= DOUBLE_AFTER;
            last = start;
            double interval = interval(random);
            if (again) {
                blink(lids, end + DOUBLE_GAP, random);
                interval = MAX_INTERVAL;
            }
            wish = last + interval;
        }
        return lids;
    }

    private static double seconds(double seconds) {
        return seconds * MotionTrack.FRAME_RATE;
    }

    private static double first(int frames, SplittableRandom random) {
        double wish = FIRST_FROM + (FIRST_TO - FIRST_FROM) * random.nextDouble();
        return frames < SHORT_CLIP ? EARLIEST + (frames / SHORT_CLIP) * (wish - EARLIEST) / 2 : wish;
    }

    private static double interval(SplittableRandom random) {
        double interval = MEDIAN_INTERVAL * Math.exp(INTERVAL_SPREAD * RandomStream.gaussian(random));
        return Curves.clamp(interval, MIN_INTERVAL, MAX_INTERVAL);
    }

    private static double nearPhraseEnd(Prosody prosody, double wish, double earliest, double latest) {
        double nearest = wish;
        double distance = PHRASE_END_REACH;
        for (Pause pause : prosody.pauses()) {
            double candidate = pause.start() + 1;
            boolean allowed = pause.start() > 0 && candidate >= earliest && candidate <= latest;
            if (allowed && Math.abs(candidate - wish) < distance) {
                nearest = candidate;
                distance = Math.abs(candidate - wish);
            }
        }
        return nearest;
    }

    /** Writes one blink if it ends before the clip does, and returns the frame after it. */
    private static int blink(float[] lids, int start, SplittableRandom random) {
        float[] opening = random.nextBoolean() ? QUICK_OPENING : SLOW_OPENING;
        int end = start + CLOSING.length + opening.length;
        if (end + TAIL <= lids.length) {
            System.arraycopy(CLOSING, 0, lids, start, CLOSING.length);
            System.arraycopy(opening, 0, lids, start + CLOSING.length, opening.length);
        }
        return end;
    }
}
