package io.avatarservice.server.driver.liveportrait.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MotionComposerTests {

    private static final FloatTensor CANONICAL = wave(4);
    private static final HeadMotion SOURCE = motion(10, 20, 30, 1, 1.5f, 0.05f, -0.04f, 9);
    private static final HeadMotion FIRST = motion(-5, 8, 3, 2, 1.25f, 0.01f, 0.02f, 0.03f);
    private static final HeadMotion DRIVING = motion(4, -12, 7, 3, 1.3f, -0.02f, 0.06f, 0.5f);

    /** The numbers were computed with NumPy from the formulas: two coordinates, and the sum of all by their index from 1. */
    @ParameterizedTest
    @CsvSource({
        "true, ALL, -0.2540994, 0.7395592, 27.70466",
        "true, EXP, -0.0874876, 0.6987081, 9.95581",
        "true, POSE, 0.1021227, 0.1280110, 18.01308",
        "true, LIP, 0.2581923, 0.1156045, -23.85292",
        "true, EYES, 0.2581923, 0.1156045, 27.75765",
        "false, ALL, -0.0801342, 0.6472644, 63.36465",
        "false, EXP, 0.2581923, 0.7390707, 29.88159",
        "false, POSE, -0.0801342, 0.0237982, 34.31208",
        "false, LIP, 0.2581923, 0.1156045, 0.75827",
        "false, EYES, 0.2581923, 0.1156045, 6.79077"
    })
    void takesTheMotionOfItsRegion(boolean relative, AnimationRegion region, float first, float tenth, double sum) {
        float[] keypoints = new MotionComposer(CANONICAL, SOURCE, FIRST, region, relative)
                .keypoints(DRIVING)
                .values();

        assertThat(keypoints[0]).isCloseTo(first, within(1e-6f));
        assertThat(keypoints[9 * 3 + 2]).isCloseTo(tenth, within(1e-6f));
        double weighted = 0;
        for (int i = 0; i < keypoints.length; i++) {
            weighted += (i + 1) * keypoints[i];
        }
        assertThat(weighted).isCloseTo(sum, within(1e-3));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstFrameLeavesThePortraitAsItIs(AnimationRegion region) {
        FloatTensor keypoints = new MotionComposer(CANONICAL, SOURCE, FIRST, region, true).keypoints(FIRST);

        assertThat(keypoints.values()).containsExactly(SOURCE.place(CANONICAL).values(), within(1e-6f));
    }

    @Test
    void depthOfTheTranslationIsDropped() {
        HeadMotion nearer = motion(4, -12, 7, 3, 1.3f, -0.02f, 0.06f, 100);
        MotionComposer composer = new MotionComposer(CANONICAL, SOURCE, FIRST, AnimationRegion.ALL, true);

        assertThat(composer.keypoints(nearer)).usingRecursiveComparison().isEqualTo(composer.keypoints(DRIVING));
    }

    private static HeadMotion motion(
            double pitch, double yaw, double roll, int expression, float scale, float... translation) {
        double[] rotation = HeadRotation.of(pitch, yaw, roll);
        float[] rounded = new float[rotation.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) rotation[i];
        }
        return new HeadMotion(
                FloatTensor.of(rounded, 1, 3, 3),
                wave(expression),
                FloatTensor.of(new float[] {scale}, 1, 1),
                FloatTensor.of(translation, 1, 3));
    }

    private static FloatTensor wave(int seed) {
        float[] values = new float[63];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * Math.sin(i * (1.1 + seed) + seed));
        }
        return FloatTensor.of(values, 1, 63);
    }
}
