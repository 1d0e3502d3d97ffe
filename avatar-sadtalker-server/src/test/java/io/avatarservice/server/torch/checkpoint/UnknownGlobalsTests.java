package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.checkpoint.testsupport.PickleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that holds a network beside objects of classes that only its authors have. */
class UnknownGlobalsTests {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        PickleWriter pickle = new PickleWriter().operation('}');
        // an object with attributes, one that is filled like a dictionary, and one that a function made
        pickle.text("trainer").global("authors.training", "Trainer").raw(")\u0081}");
        pickle.text("steps").integer(7).raw("sbs");
        pickle.text("history").global("authors.training", "History").raw(")R");
        pickle.text("loss").integer(1).raw("ss");
        pickle.text("command").global("posix", "system").text("touch executed").raw("\u0085Rs");
        pickle.text("retarget_eye").global("collections", "OrderedDict").raw(")R");
        pickle.text("module.mlp.0.bias");
        pickle.tensor(new PickleWriter.Storage("FloatStorage", "0", 2), 0, List.of(2L), List.of(1L), false);
        pickle.raw("ss");
        file = folder.resolve("corrections.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            CheckpointFormat.store(zip, "archive/data.pkl", pickle.finish());
            CheckpointFormat.store(
                    zip,
                    "archive/data/0",
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putFloat(1)
                            .putFloat(2)
                            .array());
        }
    }

    @Test
    void areLeftOutWhereTheyAreToBeSkipped() {
        try (Checkpoint checkpoint = Checkpoints.open(file, UnknownGlobals.SKIPPED)) {
            assertThat(checkpoint.tensors()).containsOnlyKeys("retarget_eye.module.mlp.0.bias");
            assertThat(checkpoint.read("retarget_eye.module.mlp.0.bias")).containsExactly(1, 2);
        }
        assertThat(Path.of("executed")).doesNotExist();
    }

    @Test
    void refuseTheFileElsewhere() {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoints.open(file))
                .withMessageContaining("the global authors.training.Trainer");
    }
}
