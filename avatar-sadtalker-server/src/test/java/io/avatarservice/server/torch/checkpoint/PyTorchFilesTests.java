package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files of PyTorch 1.13 and 2.7 itself, which {@code programs/fixtures.py} wrote. */
class PyTorchFilesTests {

    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"torch-zip.pth", "torch-legacy.pth", "torch-zip-2.7.pth", "torch-legacy-2.7.pth"})
    private @interface OnEveryFile {}

    @TempDir
    Path folder;

    private Checkpoint open(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream resource = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            Files.copy(resource, file);
        }
        return Checkpoints.open(file);
    }

    @OnEveryFile
    void listsEveryTensor(String name) throws IOException {
        try (Checkpoint checkpoint = open(name)) {
            assertThat(checkpoint.tensors().keySet())
                    .containsExactly(
                            "mapping.contiguous",
                            "mapping.transposed",
                            "mapping.sliced",
                            "mapping.shared",
                            "mapping.expanded",
                            "mapping.half",
                            "mapping.brain",
                            "mapping.double",
                            "mapping.flags",
                            "mapping.bytes",
                            "mapping.parameter",
                            "mapping.bn.num_batches_tracked",
                            "mapping.cube",
                            "optimizer.state.0.step",
                            "optimizer.state.0.exp_avg",
                            "optimizer.state.0.exp_avg_sq",
                            "history.0",
                            "history.1.0");
        }
    }

    @OnEveryFile
    void readsViewsRowMajorWhateverTheirStrides(String name) throws IOException {
        try (Checkpoint checkpoint = open(name)) {
            assertThat(checkpoint.read("mapping.contiguous")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
            assertThat(checkpoint.tensors().get("mapping.transposed"))
                    .isEqualTo(new TensorInfo(ElementType.F32, List.of(4L, 3L)));
            assertThat(checkpoint.read("mapping.transposed")).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
            assertThat(checkpoint.read("mapping.sliced")).containsExactly(5, 7, 9, 11);
            assertThat(checkpoint.read("mapping.shared")).containsExactly(8, 9, 10, 11);
            assertThat(checkpoint.read("mapping.expanded")).containsExactly(1, 1, 1, 2, 2, 2);
            assertThat(checkpoint.read("mapping.cube"))
                    .containsExactly(
                            0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23);
        }
    }

    @OnEveryFile
    void convertsElementTypes(String name) throws IOException {
        try (Checkpoint checkpoint = open(name)) {
            assertThat(checkpoint.read("mapping.half"))
                    .containsExactly(1.5f, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY);
            assertThat(checkpoint.read("mapping.brain")).containsExactly(1.5f, -2, 0x1p-130f, Float.NEGATIVE_INFINITY);
            assertThat(checkpoint.read("mapping.double")).containsExactly(0.1f);
            assertThat(checkpoint.read("mapping.flags")).containsExactly(1, 0);
            assertThat(checkpoint.read("mapping.bytes")).containsExactly(0, 255);
            assertThat(checkpoint.read("mapping.bn.num_batches_tracked")).containsExactly(0x1p40f);
            assertThat(checkpoint.tensors().get("mapping.bn.num_batches_tracked"))
                    .isEqualTo(new TensorInfo(ElementType.I64, List.of()));
        }
    }

    @OnEveryFile
    void readsParametersListsAndOptimizerStates(String name) throws IOException {
        try (Checkpoint checkpoint = open(name)) {
            assertThat(checkpoint.read("mapping.parameter")).containsExactly(0.5f);
            assertThat(checkpoint.read("optimizer.state.0.exp_avg")).containsExactly(0.1f, 0.1f);
            assertThat(checkpoint.read("history.0")).containsExactly(3);
            assertThat(checkpoint.read("history.1.0")).containsExactly(4);
        }
    }
}
