package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.driver.sadtalker.testsupport.TinyCheckpoints;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.TorchException;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SadTalkerStagesIT {

    private static TorchRuntime runtime;
    private static SadTalkerStages stages;

    @BeforeAll
    static void start(@TempDir Path cache) {
        ProgramLibrary library = TinyCheckpoints.library();
        runtime = new TorchRuntime(new TorchProperties("cpu", "f32", 1, 0.6, null));
        stages = new SadTalkerStages(runtime, library, new ProgramInstaller(cache), CheckpointSources.random(library));
    }

    @AfterAll
    static void stop() {
        stages.close();
        runtime.close();
    }

    @Test
    void thereIsOneForEachStepOfThePipeline() {
        assertThat(stages.names())
                .containsExactlyInAnyOrder(
                        "mel",
                        "detect",
                        "landmarks",
                        "recon",
                        "audio2exp",
                        "audio2pose",
                        "mapping",
                        "keypoints",
                        "transform",
                        "render",
                        "paste");
    }

    @Test
    void speechBecomesMotion() {
        assertShapes(run("mel", "pcm", of(16_000)), "mel", List.of(81L, 80L), "windows", List.of(25L, 1L, 80L, 16L));
        assertShapes(
                run("audio2exp", "windows", of(3, 1, 80, 16), "ref_exp", of(3, 64), "blink", of(3, 1)),
                "exp",
                List.of(3L, 64L));
        assertShapes(
                run("audio2pose", "windows", of(3, 1, 80, 16), "ref_pose", of(1, 6), "style", of(1), "z", of(1, 64)),
                "raw",
                List.of(3L, 6L),
                "pose",
                List.of(3L, 6L));
    }

    @Test
    void picturesBecomeFaces() {
        Map<String, FloatTensor> found = run("detect", "image", of(64, 96, 3));
        assertThat(found).containsOnlyKeys("loc", "conf", "landmarks", "boxes");
        assertThat(output(found, "boxes").size(1)).isEqualTo(15);
        assertShapes(run("landmarks", "crop", of(1, 3, 256, 256)), "heatmaps", List.of(1L, 98L, 64L, 64L));
        assertShapes(run("recon", "image", of(1, 3, 224, 224)), "coeff", List.of(1L, 257L));
    }

    @Test
    void coefficientsBecomeKeypoints() {
        assertShapes(
                run("mapping", "coeff", of(2, 70, 27)),
                "yaw",
                List.of(2L, 66L),
                "pitch",
                List.of(2L, 66L),
                "roll",
                List.of(2L, 66L),
                "t",
                List.of(2L, 3L),
                "exp",
                List.of(2L, 45L));
        assertThat(run("mapping", "coeff", of(1, 73, 27))).containsKey("yaw");
        assertShapes(run("keypoints", "image", of(1, 3, 128, 128)), "kp", List.of(1L, 15L, 3L));
        assertShapes(
                run(
                        "transform",
                        "kp",
                        of(1, 15, 3),
                        "yaw",
                        of(2, 66),
                        "pitch",
                        of(2, 66),
                        "roll",
                        of(2, 66),
                        "t",
                        of(2, 3),
                        "exp",
                        of(2, 45)),
                "kp",
                List.of(2L, 15L, 3L));
    }

    @Test
    void keypointsBecomeFrames() {
        Map<String, FloatTensor> frames =
                run("render", "image", of(1, 3, 128, 128), "kp_source", of(1, 15, 3), "kp_driving", of(2, 15, 3));

        assertShapes(frames, "frames", List.of(2L, 3L, 128L, 128L));
        for (float value : output(frames, "frames").values()) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @Test
    void framesArePastedInsideOfTheirBoxOnly() {
        FloatTensor box = FloatTensor.of(new float[] {3, 2, 13, 10}, 4);
        Map<String, FloatTensor> outputs =
                run("paste", "frames", bytes(90, 1, 6, 8, 3), "picture", bytes(200, 12, 16, 3), "box", box);
        FloatTensor pictures = output(outputs, "pictures");

        assertThat(stages.yieldsBytes("paste", "pictures")).isTrue();
        assertThat(pictures.shape()).isEqualTo(List.of(1L, 12L, 16L, 3L));
        // a flat frame takes the picture's own level: only its gradients count
        for (float value : pictures.values()) {
            assertThat(value).isBetween(199f, 201f);
        }
    }

    @Test
    void anUnknownStageIsToldWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("enhance"))
                .withMessageStartingWith("there is no stage 'enhance'; there are audio2exp, audio2pose, detect");
    }

    @Test
    void aMissingInputIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("recon", "picture", of(1)))
                .withMessage("the stage 'recon' needs the input 'image'; there are picture");
    }

    @Test
    void anInputOfAnotherShapeIsRefused() {
        assertThatExceptionOfType(TorchException.class).isThrownBy(() -> run("recon", "image", of(1, 4, 224, 224)));
    }

    private static Map<String, FloatTensor> run(String stage, Object... namesAndInputs) {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndInputs.length; i += 2) {
            inputs.put((String) namesAndInputs[i], (FloatTensor) namesAndInputs[i + 1]);
        }
        return stages.run(stage, inputs);
    }

    private static void assertShapes(Map<String, FloatTensor> outputs, Object... namesAndShapes) {
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            String name = (String) namesAndShapes[i];
            assertThat(output(outputs, name).shape()).as(name).isEqualTo(namesAndShapes[i + 1]);
        }
        assertThat(outputs).hasSize(namesAndShapes.length / 2);
    }

    private static FloatTensor output(Map<String, FloatTensor> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    /** A wave between 0 and 0.5. */
    private static FloatTensor of(long... shape) {
        FloatTensor tensor = bytes(0, shape);
        for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = (float) (0.25 + 0.25 * Math.sin(i));
        }
        return tensor;
    }

    private static FloatTensor bytes(int value, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, value);
        return FloatTensor.of(values, shape);
    }
}
