package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.checkpoint.testsupport.TestTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every container. */
class CheckpointContractTests {

    private static final TestTensor WEIGHT = TestTensor.of(
            List.of("state_dict", "m0.weight"), List.of(2L, 3L), 1, -2.5f, 3, 1e-30f, Float.MAX_VALUE, -0f);
    private static final TestTensor BIAS = TestTensor.of(List.of("state_dict", "m0.bias"), List.of(2L), 0.25f, 7);
    private static final TestTensor SCALAR = TestTensor.of(List.of("scale"), List.of(), 42);
    private static final TestTensor EMPTY =
            TestTensor.of(List.of("optimizer", "state", "0", "buffer"), List.of(0L, 4L));

    @TempDir
    Path folder;

    private Path write(CheckpointFormat format, TestTensor... tensors) throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        format.write(file, List.of(tensors));
        return file;
    }

    @ParameterizedTest
    @EnumSource
    void listsTensorsOfNestedDictionariesInOrder(CheckpointFormat format) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(write(format, WEIGHT, BIAS, SCALAR, EMPTY))) {
            assertThat(checkpoint.tensors().keySet())
                    .containsExactly("state_dict.m0.weight", "state_dict.m0.bias", "scale", "optimizer.state.0.buffer");
            assertThat(checkpoint.tensors())
                    .containsEntry("state_dict.m0.weight", new TensorInfo(ElementType.F32, List.of(2L, 3L)))
                    .containsEntry("scale", new TensorInfo(ElementType.F32, List.of()))
                    .containsEntry("optimizer.state.0.buffer", new TensorInfo(ElementType.F32, List.of(0L, 4L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryElementExactly(CheckpointFormat format) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(write(format, WEIGHT, BIAS, SCALAR, EMPTY))) {
            for (TestTensor tensor : List.of(SCALAR, EMPTY, WEIGHT, BIAS)) {
                assertThat(checkpoint.read(tensor.name()))
                        .isEqualTo(tensor.values().get());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void convertsEveryElementTypeToSinglePrecision(CheckpointFormat format) throws IOException {
        float[] values = {0, 1, 100, 0, 1, 3};
        float[] truth = {0, 1, 1, 0, 1, 1};
        TestTensor[] tensors = Stream.of(ElementType.values())
                .map(type -> new TestTensor(List.of(type.name()), new TensorInfo(type, List.of(6L)), () -> values))
                .toArray(TestTensor[]::new);
        try (Checkpoint checkpoint = Checkpoints.open(write(format, tensors))) {
            for (ElementType type : ElementType.values()) {
                assertThat(checkpoint.read(type.name()))
                        .as(type.name())
                        .isEqualTo(type == ElementType.BOOL ? truth : values);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTensorsThatTakeManyChunks(CheckpointFormat format) throws IOException {
        float[] values = new float[700_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        TestTensor large = TestTensor.of(List.of("large"), List.of((long) values.length), values);
        try (Checkpoint checkpoint = Checkpoints.open(write(format, WEIGHT, large, BIAS))) {
            assertThat(checkpoint.read("large")).isEqualTo(values);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReadBySeveralThreadsAtOnce(CheckpointFormat format) throws IOException {
        TestTensor[] tensors = IntStream.range(0, 32)
                .mapToObj(i -> {
                    float[] values = new float[1000];
                    Arrays.fill(values, i);
                    return TestTensor.of(List.of("t" + i), List.of(10L, 100L), values);
                })
                .toArray(TestTensor[]::new);
        try (Checkpoint checkpoint = Checkpoints.open(write(format, tensors))) {
            assertThat(Stream.of(tensors).parallel())
                    .allSatisfy(tensor -> assertThat(checkpoint.read(tensor.name()))
                            .isEqualTo(tensor.values().get()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesFileAndTensorWhereThereIsNoSuchTensor(CheckpointFormat format) throws IOException {
        Path file = write(format, BIAS);
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.source()).isEqualTo(file.toString());
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> checkpoint.read("other"))
                    .withMessage("%s has no tensor other", file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryFileThatIsCutShort(CheckpointFormat format) throws IOException {
        byte[] whole = Files.readAllBytes(write(format, WEIGHT, BIAS));
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatExceptionOfType(CheckpointException.class)
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> Checkpoints.open(file).close())
                    .withMessageContaining(file.toString())
                    .withMessageMatching("(?s).*(download|fetch).*again.*");
        }
    }
}
