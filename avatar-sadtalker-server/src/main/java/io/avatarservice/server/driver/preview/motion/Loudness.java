package io.avatarservice.server.driver.preview.motion;

import static io.avatarservice.server.driver.preview.motion.SpeechFeatures.HOPS_PER_FRAME;

/**
 * How loud a sound is against its own noise floor and its own loud passages, so that a whisper recorded from afar and a
 * clipped shout move the mouth alike.
 *
 * @param perHop 0 pause to 1 as loud as this clip's loud syllables
 * @param perFrame the same, mean of the frame's hops
 */
record Loudness(float[] perHop, float[] perFrame) {

    /** Quieter than this is no speech that anyone could hear. */
    private static final double INAUDIBLE_DB = -65;

    /** What lies deeper under the loud syllables than this is a pause however quiet the room is. */
    private static final double SPEECH_RANGE_DB = 30;

    /** The range that a sound is granted however noisy it is. */
    private static final double MIN_RANGE_DB = 10;

    private static final double FLOOR_MARGIN_DB = 4;
    private static final double FOREGROUND_DB = 8;

    /** How fast the gain recovers after a loud passage, and how far it may go. */
    private static final double GAIN_DB_PER_HOP = 0.04;

    private static final double MAX_GAIN_DB = 12;

    /** Between these ranges a sound without voice turns from background, which moves no mouth, to whisper or music. */
    private static final double STEADY_DB = 6;

    private static final double LIVELY_DB = 16;

    static Loudness of(SpeechFeatures features) {
        float[] perHop = new float[features.hops()];
        Levels levels = Levels.of(features.energy());
        if (levels.loud() > INAUDIBLE_DB) {
            double credibility = Math.max(
                    Curves.smoothstep(STEADY_DB, LIVELY_DB, levels.loud() - levels.floor()), voicedShare(features));
            scale(features.energy(), levels, credibility, perHop);
        }
        float[] perFrame = new float[features.frames()];
        for (int hop = 0; hop < perHop.length; hop++) {
            perFrame[hop / HOPS_PER_FRAME] += perHop[hop] / HOPS_PER_FRAME;
        }
        return new Loudness(perHop, perFrame);
    }

    private static double voicedShare(SpeechFeatures features) {
        int voiced = 0;
        for (float periodicity : features.periodicity()) {
            voiced += periodicity > 0.6 ? 1 : 0;
        }
        return Curves.smoothstep(0.1, 0.3, (double) voiced / features.frames());
    }

    private static void scale(float[] energy, Levels levels, double credibility, float[] perHop) {
        float[] reference = reference(energy, levels.loud());
        for (int hop = 0; hop < energy.length; hop++) {
            double loud = reference[hop];
            double quiet =
                    Math.min(Math.max(levels.floor() + FLOOR_MARGIN_DB, loud - SPEECH_RANGE_DB), loud - MIN_RANGE_DB);
            double least = sones(quiet - loud);
            perHop[hop] = (float) (credibility * Curves.clamp((sones(energy[hop] - loud) - least) / (1 - least), 0, 1));
        }
    }

    /** The level of loud syllables around each hop: a peak that falls off slowly into the past and the future. */
    private static float[] reference(float[] energy, double loud) {
        float[] reference = new float[energy.length];
        double peak = loud - MAX_GAIN_DB;
        for (int hop = 0; hop < energy.length; hop++) {
            peak = Math.max(peak - GAIN_DB_PER_HOP, Curves.clamp(energy[hop], loud - MAX_GAIN_DB, loud));
            reference[hop] = (float) peak;
        }
        for (int hop = energy.length - 1; hop >= 0; hop--) {
            peak = Math.max(peak - GAIN_DB_PER_HOP, reference[hop]);
            reference[hop] = (float) peak;
        }
        return reference;
    }

    /** Loudness relative to the reference: half for every 10 dB less (Stevens 1955). */
    private static double sones(double decibels) {
        return Math.pow(2, decibels / 10);
    }

    /**
     * The levels of a clip in dB.
     *
     * @param floor what the background has
     * @param loud what loud syllables reach
     */
    private record Levels(double floor, double loud) {

        private static final int BINS_PER_DB = 2;
        private static final int LOWEST_DB = (int) SpeechFeatures.SILENCE;
        private static final int BINS = (20 - LOWEST_DB) * BINS_PER_DB;
        private static final int FEW_HOPS = 5;

        /** Percentiles by histogram; digital silence says nothing about the background and is left out. */
        static Levels of(float[] energy) {
            int[] histogram = new int[BINS];
            for (float level : energy) {
                histogram[bin(level)]++;
            }
            int audible = bin(SpeechFeatures.SILENCE + 10);
            double floor = percentile(histogram, audible, 0.05);
            int foreground = bin(floor + FOREGROUND_DB);
            // A single word in a minute of room tone is in no percentile of the whole.
            int from = count(histogram, foreground) >= FEW_HOPS ? foreground : audible;
            return new Levels(floor, percentile(histogram, from, 0.9));
        }

        private static int bin(double level) {
            return (int) Curves.clamp((level - LOWEST_DB) * BINS_PER_DB, 0, BINS - 1);
        }

        private static int count(int[] histogram, int from) {
            int count = 0;
            for (int bin = from; bin < BINS; bin++) {
                count += histogram[bin];
            }
            return count;
        }

        private static double percentile(int[] histogram, int from, double fraction) {
            double wanted = fraction * count(histogram, from);
            int seen = 0;
            for (int bin = from; bin < BINS; bin++) {
                seen += histogram[bin];
                if (seen > wanted) {
                    return LOWEST_DB + (bin + 0.5) / BINS_PER_DB;
                }
            }
            return SpeechFeatures.SILENCE;
        }
    }
}
