package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePortraitStagesIT {

    private static TorchRuntime runtime;
    private static LivePortraitStages stages;

    @BeforeAll
    static void start(@TempDir Path cache) {
        ProgramLibrary library = ProgramLibrary.load("io/avatarservice/server/torch/programs-tiny/");
        runtime = new TorchRuntime(new TorchProperties("cpu", "f32", 1, 0.6, null));
        stages = new LivePortraitStages(
                runtime, library, new ProgramInstaller(cache), CheckpointSources.random(library));
    }

    @AfterAll
    static void stop() {
        stages.close();
        runtime.close();
    }

    @Test
    void thereIsOneForEachNetworkAndStep() {
        assertThat(stages.names())
                .containsExactlyInAnyOrder(
                        "lp-appearance",
                        "lp-motion",
                        "lp-transform",
                        "lp-warp",
                        "lp-decode",
                        "lp-stitch",
                        "lp-retarget",
                        "lp-crop");
    }

    @Test
    void facesBecomeKeypoints() {
        Map<String, FloatTensor> motion = stages.run("lp-motion", Map.of("image", of(2, 3, 64, 64)));
        assertThat(motion).containsOnlyKeys("pitch", "yaw", "roll", "t", "exp", "scale", "kp");
        assertThat(output(motion, "pitch").shape()).containsExactly(2L, 66L);
        assertThat(output(motion, "exp").shape()).containsExactly(2L, 63L);

        Map<String, FloatTensor> placed = stages.run("lp-transform", motion);
        assertThat(output(placed, "rotation").shape()).containsExactly(2L, 3L, 3L);
        assertThat(output(placed, "x").shape()).containsExactly(2L, 21L, 3L);
    }

    @Test
    void appearanceAndKeypointsBecomeFrames() {
        FloatTensor feature = output(stages.run("lp-appearance", Map.of("image", of(1, 3, 128, 128))), "feature");
        assertThat(feature.shape()).containsExactly(1L, 2L, 16L, 32L, 32L);

        Map<String, FloatTensor> moved = stages.run(
                "lp-warp", Map.of("feature", feature, "kp_source", of(1, 21, 3), "kp_driving", of(2, 21, 3)));
        assertThat(output(moved, "warped").shape()).containsExactly(2L, 16L, 32L, 32L);
        assertThat(output(moved, "occlusion").shape()).containsExactly(2L, 1L, 32L, 32L);
        assertThat(output(moved, "deformation").shape()).containsExactly(2L, 16L, 32L, 32L, 3L);

        FloatTensor frames = output(stages.run("lp-decode", Map.of("warped", output(moved, "warped"))), "frames");
        assertThat(frames.shape()).containsExactly(2L, 3L, 256L, 256L);
        for (float value : frames.values()) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @Test
    void framesOfABatchDoNotDependOnEachOther() {
        FloatTensor warped = of(2, 16, 32, 32);

        FloatTensor together = output(stages.run("lp-decode", Map.of("warped", warped)), "frames")
                .rows(1, 2);
        FloatTensor alone = output(stages.run("lp-decode", Map.of("warped", warped.rows(1, 2))), "frames");

        assertThat(alone.shape()).containsExactly(1L, 3L, 256L, 256L);
        double difference = 0;
        for (int i = 0; i < alone.values().length; i++) {
            difference = Math.max(difference, Math.abs(alone.values()[i] - together.values()[i]));
        }
        // kernels for other sizes add in another order
        assertThat(difference).isLessThan(2e-5);
    }

    @Test
    void keypointsAreCorrected() {
        FloatTensor source = of(1, 21, 3);

        assertThat(output(stages.run("lp-stitch", Map.of("kp_source", source, "kp_driving", of(3, 21, 3))), "kp")
                        .shape())
                .containsExactly(3L, 21L, 3L);
        Map<String, FloatTensor> offsets =
                stages.run("lp-retarget", Map.of("kp_source", source, "eye_ratio", of(1, 3), "lip_ratio", of(1, 2)));
        assertThat(output(offsets, "eye").shape()).containsExactly(1L, 21L, 3L);
        assertThat(output(offsets, "lip").shape()).containsExactly(1L, 21L, 3L);
    }

    @Test
    void aFaceIsCutOut() {
        float[] points = {40, 40, 60, 40, 50, 50, 42, 60, 58, 60};

        Map<String, FloatTensor> outputs =
                stages.run("lp-crop", Map.of("picture", of(90, 100, 3), "points", FloatTensor.of(points, 5, 2)));

        assertThat(output(outputs, "crop").shape()).containsExactly(512L, 512L, 3L);
        assertThat(stages.yieldsBytes("lp-crop", "crop")).isTrue();
        assertThat(stages.yieldsBytes("lp-crop", "matrix")).isFalse();
        // a square of 20 pixels around (50, 50), 2.3 times as large, an eighth of it moved up
        float zoom = 512 / 46f;
        assertThat(output(outputs, "matrix").values())
                .containsExactly(
                        new float[] {zoom, 0, 256 - zoom * 50, 0, zoom, 256 - zoom * (50 - 46 / 8f), 0, 0, 1},
                        within(1e-4f));
    }

    @Test
    void anUnknownStageIsToldWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stages.run("lp-paste", Map.of()))
                .withMessageStartingWith("there is no stage 'lp-paste'; there are lp-appearance, lp-crop");
    }

    @Test
    void anInputOfAnotherShapeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stages.run("lp-crop", Map.of("picture", of(4, 4, 1), "points", of(5, 2))))
                .withMessage("the picture must have the shape [4, 4, 3], got [4, 4, 1]");
    }

    private static FloatTensor output(Map<String, FloatTensor> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    /** A wave between 0 and 0.5. */
    private static FloatTensor of(long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.25 + 0.25 * Math.sin(i));
        }
        return FloatTensor.of(values, shape);
    }
}
