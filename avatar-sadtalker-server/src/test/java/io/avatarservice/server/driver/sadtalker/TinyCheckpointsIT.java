package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.support.Clip;
import io.avatarservice.server.support.TestMedia;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good and bad checkpoint files in the place of the official ones. */
class TinyCheckpointsIT {

    private static final String NAME = "SadTalker_V0.0.2_256.safetensors";

    private TinyPipeline pipeline;

    @BeforeEach
    void start(@TempDir Path folder) {
        pipeline = new TinyPipeline(folder, CheckpointFormat.SAFETENSORS);
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void everyContainerGivesTheSameFrames(@TempDir Path zip, @TempDir Path legacy) {
        Clip expected = pipeline.render(Map.of());

        try (TinyPipeline other = new TinyPipeline(zip, CheckpointFormat.ZIP_PICKLE)) {
            assertThat(other.render(Map.of()).differenceTo(expected)).isZero();
        }
        try (TinyPipeline other = new TinyPipeline(legacy, CheckpointFormat.LEGACY_PICKLE)) {
            assertThat(other.render(Map.of()).differenceTo(expected)).isZero();
        }
    }

    @Test
    void aTruncatedFileIsNamedAndCanBeReplaced() throws IOException {
        Path file = pipeline.checkpoints().file(Model.SADTALKER_256);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertNotReady().withMessageContaining(NAME);

        Files.write(file, whole);
        assertThat(pipeline.render(Map.of()).frames()).hasSize(1);
    }

    @Test
    void aMissingTensorIsNamed() {
        pipeline.checkpoints().writeWithout(Model.SADTALKER_256, "face_3drecon.backbone.conv1.weight"::equals);

        assertNotReady()
                .withMessageContaining(NAME)
                .withMessageContaining("missing tensors: 1 (face_3drecon.backbone.conv1.weight)");
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() {
        pipeline.checkpoints().writeMisshaped(Model.SADTALKER_256, "face_3drecon.backbone.conv1.weight", 1L, 2L);

        assertNotReady()
                .withMessageContaining(NAME)
                .withMessageContaining("face_3drecon.backbone.conv1.weight is [1, 2] instead of ");
    }

    @Test
    void aWebPageInsteadOfAFileIsToldAsSuch() throws IOException {
        Files.writeString(pipeline.checkpoints().file(Model.SADTALKER_256), "<!DOCTYPE html><html>Not found</html>");

        // no path of the server: the message goes to its clients
        assertNotReady().withMessage("checkpoints/" + NAME + " is a web page, not a checkpoint");
    }

    @Test
    void aPictureWithoutAFaceIsToldWithTheBestScore() {
        withoutFaces();

        assertRefused(
                        () -> pipeline.render(TinyPipeline.portrait(), Map.of("seed", 1), new Clip()),
                        ProblemCode.FACE_NOT_FOUND,
                        "image")
                .withMessage("no face was found in the picture: the best score is 0.500, it must be above 0.97");
    }

    @Test
    void aReferenceVideoWithoutAFaceIsNamed() {
        withoutFaces();
        RenderRequest request =
                pipeline.request(TinyPipeline.portrait(), TinyPipeline.withLandmarks(Map.of()), TinyPipeline.ONE_FRAME);
        Path video = pipeline.write("video.mp4", TestMedia.silentMovie());

        assertRefused(
                        () -> pipeline.driver()
                                .render(
                                        new RenderRequest(
                                                request.portrait(),
                                                request.requireSpeech(),
                                                request.options(),
                                                Map.of("reference_blink_video", video)),
                                        new Clip()),
                        ProblemCode.FACE_NOT_FOUND,
                        "options.reference_blink_video")
                .withMessageStartingWith("options.reference_blink_video: no face was found in ");
    }

    /** Without its class head the detector has the same score for face and background. */
    private void withoutFaces() {
        pipeline.checkpoints().writeZeroed(Model.RETINAFACE, name -> name.startsWith("module.ClassHead."));
    }

    private ThrowableAssertAlternative<ProblemException> assertNotReady() {
        return assertRefused(() -> pipeline.render(Map.of()), ProblemCode.DRIVER_NOT_READY, "driver");
    }

    private static ThrowableAssertAlternative<ProblemException> assertRefused(
            ThrowingCallable render, ProblemCode code, String field) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(render)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(field));
    }
}
