package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.Checkpoints;
import io.avatarservice.server.torch.checkpoint.ElementType;
import io.avatarservice.server.torch.checkpoint.SafetensorsWriter;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageCommandTests {

    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private Path in;
    private Path out;

    @BeforeEach
    void writeOneSecondOfSilence() throws IOException {
        in = directory.resolve("in.safetensors");
        out = directory.resolve("out.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("pcm", FloatTensor.of(new float[16_000], 16_000));
        writer.write(in);
    }

    @Test
    void aStageWithoutNetworksNeedsNoCheckpoints() {
        assertThat(stage("mel", in)).as(err.toString()).isZero();

        try (Checkpoint outputs = Checkpoints.open(out)) {
            assertThat(outputs.tensors()).containsOnlyKeys("mel", "windows");
            assertThat(outputs.tensors())
                    .extractingByKey("windows")
                    .isEqualTo(new TensorInfo(ElementType.F32, List.of(25L, 1L, 80L, 16L)));
        }
    }

    @Test
    void anUnknownStageIsToldWithTheKnownOnes() {
        assertThat(stage("enhance", in)).isEqualTo(2);

        assertThat(err.toString()).contains("there is no stage 'enhance'; there are audio2exp, audio2pose, detect");
    }

    @Test
    void aMissingInputIsNamed() {
        assertThat(stage("transform", in)).isEqualTo(2);

        assertThat(err.toString()).contains("the stage 'transform' needs the input 'yaw'; there are pcm");
        assertThat(out).doesNotExist();
    }

    @Test
    void aMissingCheckpointIsNamed() throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("image", FloatTensor.of(new float[3 * 224 * 224], 1, 3, 224, 224));
        writer.write(in);

        assertThat(stage("recon", in)).isNotZero();

        assertThat(err.toString()).contains("SadTalker_V0.0.2_256.safetensors is missing");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(stage("mel", directory.resolve("none"))).isEqualTo(2);

        assertThat(err.toString()).contains("--in: cannot read the file");
    }

    private int stage(String name, Path inputs) {
        return AvatarCommand.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute("stage", name, "--models", "" + directory, "--in", "" + inputs, "--out", "" + out);
    }
}
