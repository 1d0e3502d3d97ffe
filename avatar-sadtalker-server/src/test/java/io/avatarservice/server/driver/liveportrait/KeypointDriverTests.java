package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.motion.AnimationRegion;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.driver.liveportrait.motion.MotionComposer;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of steps, with corrections that add or set a number each. */
class KeypointDriverTests {

    private static final int POINTS = 21;
    private static final float STITCH = 100;
    private static final float EYES = 1000;
    private static final float LIPS = 10_000;

    private static final OpeningRatios OPEN = new OpeningRatios(0.3f, 0.4f, 0.2f);
    private static final List<OpeningRatios> TWO = List.of(new OpeningRatios(0.1f, 0.9f, 0.5f), OPEN);

    private final HeadMotion first = head(0.5f);
    private final HeadMotion second = head(0.7f);
    private final SourceFace source = source();
    private final List<FloatTensor> eyeRatios = new ArrayList<>();
    private final List<FloatTensor> lipRatios = new ArrayList<>();

    private final CorrectionNetworks corrections = new CorrectionNetworks() {
        @Override
        public FloatTensor stitch(FloatTensor own, FloatTensor driving) {
            return plus(driving, STITCH);
        }

        @Override
        public FloatTensor eyes(FloatTensor own, FloatTensor ratios) {
            eyeRatios.add(ratios);
            return offsets(ratios.size(0), EYES);
        }

        @Override
        public FloatTensor lips(FloatTensor own, FloatTensor ratios) {
            lipRatios.add(ratios);
            return offsets(ratios.size(0), LIPS);
        }
    };

    @Test
    void theFirstFrameLeavesThePortraitAsItIs() {
        FloatTensor keypoints = keypoints(Map.of("stitching", false));

        assertThat(keypoints.shape()).containsExactly(2L, (long) POINTS, 3L);
        assertThat(keypoints.rows(0, 1).values())
                .containsExactly(source.keypoints().values());
        assertThat(keypoints.rows(1, 2).values())
                .isNotEqualTo(source.keypoints().values());
    }

    @Test
    void motionGrowsWithThePortraitsFaceOnlyWhereThatIsWanted() {
        float[] adapted = keypoints(Map.of("stitching", false)).rows(1, 2).values();
        float[] plain = keypoints(Map.of("stitching", false, "driving_option", "pose-friendly"))
                .rows(1, 2)
                .values();

        MotionComposer composer = composer(true);
        assertThat(plain).containsExactly(composer.keypoints(second).values());
        assertThat(adapted).isNotEqualTo(plain);
    }

    @Test
    void absoluteMotionIsTakenAsItIs() {
        float[] keypoints = keypoints(Map.of("stitching", false, "relative_motion", false))
                .rows(0, 1)
                .values();

        assertThat(keypoints).containsExactly(composer(false).keypoints(first).values());
    }

    @Test
    void closedLipsAreAddedAfterStitching() {
        FloatTensor keypoints = keypoints(Map.of("normalize_lip", true));

        assertThat(keypoints.rows(0, 1).values())
                .containsExactly(plus(plus(source.keypoints(), STITCH), LIPS).values());
        assertThat(lipRatios).hasSize(1);
        assertThat(lipRatios.get(0).values()).containsExactly(OPEN.lips(), 0);
    }

    @Test
    void absoluteMotionDoesNotCloseLips() {
        keypoints(Map.of("normalize_lip", true, "relative_motion", false));

        assertThat(lipRatios).isEmpty();
    }

    @Test
    void retargetingOfRelativeMotionDiscardsTheDrivingFace() {
        FloatTensor keypoints = keypoints(Map.of("eye_retargeting", true, "normalize_lip", true));

        float[] expected = plus(plus(source.keypoints(), EYES), STITCH).values();
        assertThat(keypoints.rows(0, 1).values()).containsExactly(expected);
        assertThat(keypoints.rows(1, 2).values()).containsExactly(expected);
        assertThat(lipRatios).isEmpty();
    }

    @Test
    void retargetingOfAbsoluteMotionKeepsTheDrivingFace() {
        FloatTensor keypoints = keypoints(
                Map.of("eye_retargeting", true, "lip_retargeting", true, "relative_motion", false, "stitching", false));

        FloatTensor driven = composer(false).keypoints(first);
        assertThat(keypoints.rows(0, 1).values())
                .containsExactly(plus(plus(driven, EYES), LIPS).values());
    }

    @Test
    void eyesAreToldTheDrivingFacesLeftOne() {
        keypoints(Map.of("eye_retargeting", true));

        assertThat(eyeRatios.get(0).values()).containsExactly(0.3f, 0.4f, 0.1f, 0.3f, 0.4f, 0.3f);
    }

    @Test
    void lipsAreToldTheDrivingFaces() {
        keypoints(Map.of("lip_retargeting", true));

        assertThat(lipRatios.get(0).values()).containsExactly(0.2f, 0.5f, 0.2f, 0.2f);
    }

    @Test
    void theMultiplierComesLast() {
        FloatTensor keypoints = keypoints(Map.of("driving_multiplier", 2));

        float[] own = source.keypoints().values();
        float[] moved = keypoints.rows(0, 1).values();
        for (int i = 0; i < moved.length; i++) {
            assertThat(moved[i] - own[i]).isCloseTo(2 * STITCH, within(1e-3f));
        }
    }

    private FloatTensor keypoints(Map<String, Object> requested) {
        Map<String, Object> options = new HashMap<>(requested);
        return new KeypointDriver(corrections, source, LivePortraitOptions.of(LivePortraitOptions.parse(options)))
                .keypoints(List.of(first, second), TWO);
    }

    private MotionComposer composer(boolean relative) {
        return new MotionComposer(source.canonical(), source.motion(), first, AnimationRegion.ALL, relative);
    }

    private static SourceFace source() {
        float[] canonical = new float[POINTS * 3];
        for (int i = 0; i < canonical.length; i++) {
            canonical[i] = (float) Math.sin(1.7 * i + 0.3);
        }
        FloatTensor points = FloatTensor.of(canonical, 1, POINTS * 3);
        HeadMotion own = head(0.2f);
        return new SourceFace(FloatTensor.of(new float[0], 0), points, own, OPEN, own.place(points));
    }

    /** Looks ahead, with an expression and a size that depend on a number. */
    private static HeadMotion head(float number) {
        float[] expression = new float[POINTS * 3];
        Arrays.fill(expression, number / 10);
        expression[3] = number;
        return new HeadMotion(
                FloatTensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 1, 3, 3),
                FloatTensor.of(expression, 1, POINTS * 3),
                FloatTensor.of(new float[] {1 + number}, 1, 1),
                FloatTensor.of(new float[] {number, -number, 0}, 1, 3));
    }

    private static FloatTensor plus(FloatTensor tensor, float number) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += number;
        }
        return new FloatTensor(values, tensor.shape());
    }

    private static FloatTensor offsets(int frames, float number) {
        float[] values = new float[frames * POINTS * 3];
        Arrays.fill(values, number);
        return FloatTensor.of(values, frames, POINTS, 3);
    }
}
