package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.avatarservice.server.torch.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTests {

    @TempDir
    Path folder;

    private static SafetensorsWriter writer() {
        return new SafetensorsWriter()
                .add("pixels", new TensorInfo(ElementType.U8, List.of(3L)), bytes -> bytes.put(new byte[] {0, 1, -1}))
                .add("mel", FloatTensor.of(new float[] {1, -2}, 1, 2))
                .add("style", new TensorInfo(ElementType.I64, List.of(1L)), bytes -> bytes.putLong(45));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("out.safetensors");
        writer().write(file);
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.read("pixels")).containsExactly(0, 1, 255);
            assertThat(checkpoint.read("mel")).containsExactly(1, -2);
            assertThat(checkpoint.read("style")).containsExactly(45);
            assertThat(checkpoint.tensors()).containsEntry("mel", new TensorInfo(ElementType.F32, List.of(1L, 2L)));
        }
    }

    @Test
    void everyTensorIsAlignedToItsElements() throws IOException {
        Path file = folder.resolve("out.safetensors");
        writer().write(file);
        long header = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(0);
        assertThat(header % Long.BYTES).isZero();
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.tensors().keySet()).containsExactly("style", "mel", "pixels");
        }
    }

    @Test
    void theFileOfBeforeStaysWhereWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("out.safetensors"), "before");
        SafetensorsWriter failing = writer().add("bad", new TensorInfo(ElementType.U8, List.of(1L)), bytes -> {
            throw new IllegalStateException("no elements");
        });
        assertThatIllegalStateException().isThrownBy(() -> failing.write(file));
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(Files.list(folder)).containsExactly(file);
        assertThat(file).hasContent("before");
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer().add("mel", FloatTensor.of(new float[1], 1)))
                .withMessageContaining("mel");
    }

    @Test
    void elementsMustFillTheTensor() {
        SafetensorsWriter half = new SafetensorsWriter()
                .add("half", new TensorInfo(ElementType.U8, List.of(2L)), bytes -> bytes.put((byte) 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> half.write(folder.resolve("out")))
                .withMessage("the elements of half fill 1 of 2 bytes");
    }
}
