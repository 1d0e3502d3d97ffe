package io.avatarservice.server.driver.preview.motion;

import io.avatarservice.server.driver.preview.motion.Prosody.Pause;
import io.avatarservice.server.driver.preview.motion.Prosody.Stress;
import java.util.SplittableRandom;

/**
 * The head of every frame; units and directions as in {@link MotionFrame}. A slow drift, a new stance with each phrase,
 * a nod with stressed syllables (Hadar et al. 1983; Munhall et al. 2004), and a breath in pauses.
 */
record HeadMotion(float[] yaw, float[] pitch, float[] roll, float[] shiftX, float[] shiftY) {

    private static final double MAX_YAW = 5;
    private static final double MAX_PITCH = 4;
    private static final double MAX_ROLL = 3.5;

    /** Half a second out of and back into the portrait's own pose. */
    private static final int REST_RAMP = 14;

    private static final double NOD_WIDTH = 13;

    /** The nod's lowest point comes with the syllable's vowel, a frame before it is loudest. */
    private static final int NOD_LEAD = 1;

    /** Quiet breathing, about 14 breaths a minute (McFarland 2001), seen as a rise of the head. */
    private static final double BREATH_HZ = 0.23;

    private static final double BREATH_SHIFT = 0.0025;
    private static final double INHALATION_SHIFT = 0.008;
    private static final double INHALATION_PITCH = 0.5;
    private static final int INHALATION_PAUSE = 8;

    /** Degrees; large enough to be seen alive, small enough for an even portrait. */
    private static final double ROLL_DEVIATION = 1.15;

    private static final double MAX_ROLL_SCALE = 2.5;

    /** A shorter clip leaves less time to get anywhere. */
    private static final double FULL_ROLL_SECONDS = 8;

    /** A head that turns also moves: the neck is behind the face. */
    private static final double SHIFT_PER_YAW = 0.0015;

    private static final double SHIFT_PER_NOD = 0.004;

    static HeadMotion still(int frames) {
        return new HeadMotion(
                new float[frames], new float[frames], new float[frames], new float[frames], new float[frames]);
    }

    static HeadMotion plan(Prosody prosody, long seed) {
        HeadMotion head = still(prosody.frames());
        head.addDrift(RandomStream.DRIFT.of(seed));
        Sway.add(prosody, RandomStream.SWAY.of(seed), head);
        head.addNods(prosody, RandomStream.NOD.of(seed));
        head.addBreath(prosody, RandomStream.BREATH.of(seed));
        head.settle();
        return head;
    }

    private void addDrift(SplittableRandom random) {
        SmoothNoise yawNoise = SmoothNoise.between(0.08, 0.4, random);
        SmoothNoise pitchNoise = SmoothNoise.between(0.08, 0.4, random);
        SmoothNoise rollNoise = SmoothNoise.between(0.1, 0.4, random);
        SmoothNoise xNoise = SmoothNoise.between(0.06, 0.3, random);
        for (int i = 0; i < yaw.length; i++) {
            yaw[i] += (float) yawNoise.at(i);
            pitch[i] += (float) (0.6 * pitchNoise.at(i));
            roll[i] += (float) (0.8 * rollNoise.at(i));
            shiftX[i] += (float) (0.004 * xNoise.at(i));
        }
    }

    private void addNods(Prosody prosody, SplittableRandom random) {
        for (Stress stress : prosody.stresses()) {
            double depth = (0.3 + 1.1 * stress.strength()) * (0.4 + random.nextDouble());
            double width = NOD_WIDTH * (0.9 + 0.4 * random.nextDouble());
            Curves.addBump(pitch, stress.frame() - NOD_LEAD, width, -depth);
            Curves.addBump(shiftY, stress.frame() - NOD_LEAD, width, SHIFT_PER_NOD * depth);
        }
    }

    private void addBreath(Prosody prosody, SplittableRandom random) {
        double phase = 2 * Math.PI * random.nextDouble();
        for (int i = 0; i < shiftY.length; i++) {
            double angle = phase + 2 * Math.PI * BREATH_HZ * i / MotionTrack.FRAME_RATE;
            shiftY[i] += (float) (BREATH_SHIFT * Math.sin(angle));
        }
        for (Pause pause : prosody.pauses()) {
            boolean speechFollows = pause.end() < shiftY.length;
            if (speechFollows && pause.length() >= INHALATION_PAUSE) {
                double width = Math.min(30, pause.length() + 10);
                double depth = 0.6 + 0.4 * width / 30;
                // Speakers inhale just before they go on.
                double center = pause.end() - width / 3;
                Curves.addBump(shiftY, center, width, -INHALATION_SHIFT * depth);
                Curves.addBump(pitch, center, width, INHALATION_PITCH * depth);
            }
        }
    }

    /** Gives the roll its deviation, keeps every angle in range and lets all begin and end at rest. */
    private void settle() {
        int frames = roll.length;
        double[] rest = new double[frames];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < frames; i++) {
            rest[i] = Curves.smoothstep(0, REST_RAMP, Math.min(i, frames - 1 - i));
            sum += roll[i] * rest[i];
            squares += roll[i] * rest[i] * roll[i] * rest[i];
        }
        double deviation = Math.sqrt(Math.max(1e-9, squares / frames - (sum / frames) * (sum / frames)));
        double length = Math.min(1, frames / (FULL_ROLL_SECONDS * MotionTrack.FRAME_RATE));
        double rollScale = Math.min(MAX_ROLL_SCALE, ROLL_DEVIATION * length / deviation);
        for (int i = 0; i < frames; i++) {
            yaw[i] = (float) (rest[i] * Curves.softLimit(yaw[i], MAX_YAW));
            pitch[i] = (float) (rest[i] * Curves.softLimit(pitch[i], MAX_PITCH));
            roll[i] = (float) (rest[i] * Curves.softLimit(roll[i] * rollScale, MAX_ROLL));
            shiftX[i] = (float) (rest[i] * (shiftX[i] + SHIFT_PER_YAW * yaw[i]));
            shiftY[i] = (float) (rest[i] * shiftY[i]);
        }
    }
}
