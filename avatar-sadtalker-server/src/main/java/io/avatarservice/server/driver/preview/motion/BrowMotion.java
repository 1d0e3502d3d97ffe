package io.avatarservice.server.driver.preview.motion;

import io.avatarservice.server.driver.preview.motion.Prosody.Stress;
import java.util.SplittableRandom;

/** Brows that rise with emphasis (Cavé et al. 1996) and are never quite still. */
final class BrowMotion {

    private static final double LOWEST = -0.3;
    private static final double DRIFT = 0.05;
    private static final double EMPHASIS = 0.35;
    private static final int SPACING = 40;
    private static final double WIDTH = 16;
    private static final int REST_RAMP = 12;

    private BrowMotion() {}

    /** How far the brows are raised in each frame, -0.3 to 1. */
    static float[] plan(Prosody prosody, long seed, double scale) {
        SplittableRandom random = RandomStream.BROW.of(seed);
        float[] brow = new float[prosody.frames()];
        int free = 0;
        for (Stress stress : prosody.stresses()) {
            double height = 0.25 + 0.35 * stress.strength() + 0.15 * random.nextDouble();
            if (stress.frame() >= free && stress.strength() > EMPHASIS) {
                Curves.addBump(brow, stress.frame() - 1, WIDTH, height);
                free = stress.frame() + SPACING;
            }
        }
        SmoothNoise drift = SmoothNoise.between(0.1, 0.5, random);
        for (int i = 0; i < brow.length; i++) {
            double raised = Curves.express(Curves.clamp(brow[i] + DRIFT * drift.at(i), -1, 1), scale);
            brow[i] = (float) (Math.max(LOWEST, raised) * Curves.awayFromRest(i, brow.length, REST_RAMP));
        }
        return brow;
    }
}
