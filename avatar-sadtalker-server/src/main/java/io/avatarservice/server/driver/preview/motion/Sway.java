package io.avatarservice.server.driver.preview.motion;

import io.avatarservice.server.driver.preview.motion.Prosody.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A new stance of the head with each phrase, and now and then within a long one. */
final class Sway {

    /** Frames that a change of stance takes; changes never overlap. */
    private static final int DURATION = 28;

    /** Frames by which the head is ahead of the phrase it turns for. */
    private static final int LEAD = 6;

    private static final int SHORTEST_STANCE = 40;
    private static final int LONGEST_STANCE = 90;

    private static final double YAW = 1.3;
    private static final double ROLL = 0.7;
    private static final double PITCH = 0.4;

    private Sway() {}

    static void add(Prosody prosody, SplittableRandom random, HeadMotion head) {
        List<Integer> changes = changes(prosody, random);
        double[] stance = new double[3];
        for (int change = 0; change < changes.size(); change++) {
            double[] next = next(stance, random);
            int from = changes.get(change);
            int to = change + 1 < changes.size() ? changes.get(change + 1) : prosody.frames();
            for (int i = from; i < to; i++) {
                double progress = Curves.smoothstep(from, from + DURATION, i);
                head.yaw()[i] += (float) (YAW * between(stance[0], next[0], progress));
                head.roll()[i] += (float) (ROLL * between(stance[1], next[1], progress));
                head.pitch()[i] += (float) (PITCH * between(stance[2], next[2], progress));
            }
            stance = next;
        }
    }

    /** The frames at which a change begins; the first is 0. */
    private static List<Integer> changes(Prosody prosody, SplittableRandom random) {
        List<Integer> changes = new ArrayList<>();
        changes.add(0);
        for (Pause pause : prosody.pauses()) {
            int phraseStart = pause.end() - LEAD;
            fill(changes, phraseStart, random);
            if (phraseStart - changes.get(changes.size() - 1) >= SHORTEST_STANCE && pause.end() < prosody.frames()) {
                changes.add(phraseStart);
            }
        }
        fill(changes, prosody.frames(), random);
        return changes;
    }

    private static void fill(List<Integer> changes, int until, SplittableRandom random) {
        int next = changes.get(changes.size() - 1) + random.nextInt(LONGEST_STANCE / 2, LONGEST_STANCE);
        while (next + SHORTEST_STANCE < until) {
            changes.add(next);
            next += random.nextInt(LONGEST_STANCE / 2, LONGEST_STANCE);
        }
    }

    /** Chance pulled back to the middle and away from where the head already is. */
    private static double[] next(double[] stance, SplittableRandom random) {
        double[] next = new double[stance.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = Curves.clamp(RandomStream.gaussian(random) - 0.5 * stance[i], -1.8, 1.8);
        }
        return next;
    }

    private static double between(double from, double to, double progress) {
        return from + (to - from) * progress;
    }
}
