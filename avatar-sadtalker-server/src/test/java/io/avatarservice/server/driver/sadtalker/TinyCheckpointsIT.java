package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
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

        assertNotReady().withMessageContaining(NAME).withMessageContaining("HTML");
    }

    private ThrowableAssertAlternative<ProblemException> assertNotReady() {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> pipeline.render(Map.of()))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.DRIVER_NOT_READY))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("driver"));
    }
}
