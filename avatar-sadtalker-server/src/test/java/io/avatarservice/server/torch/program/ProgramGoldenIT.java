package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProgram;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network, installed and run through DJL, gives the numbers of its definition in Python. The weights of the full-size
 * ones come from files in the containers of the official checkpoints.
 */
class ProgramGoldenIT {

    private static final String ROOT = "io/avatarservice/server/torch/";
    private static final double TOLERANCE = 1e-5;

    private static TorchRuntime runtime;

    @TempDir
    static Path checkpoints;

    @BeforeAll
    static void start() {
        runtime = new TorchRuntime(TorchProperties.defaults().with("cpu", "f32"));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @ParameterizedTest
    @MethodSource("tiny")
    void tinyNetworksEqualTheirDefinitions(GoldenProgram golden, @TempDir Path cache) throws IOException {
        ProgramLibrary library = ProgramLibrary.load(ROOT + "programs-tiny/");
        String checkpoint = library.program(golden.name()).checkpoint();
        check(golden, library, checkpoint == null ? null : CheckpointSource.random(library, checkpoint), cache);
    }

    @ParameterizedTest
    @MethodSource("full")
    void fullSizeNetworksEqualTheirDefinitions(GoldenProgram golden, @TempDir Path cache) throws IOException {
        ProgramLibrary library = ProgramLibrary.load();
        String checkpoint = library.program(golden.name()).checkpoint();
        check(golden, library, checkpoint == null ? null : file(library, checkpoint), cache);
    }

    static Stream<GoldenProgram> tiny() throws IOException {
        return GoldenProgram.of(ROOT + "goldens/tiny/");
    }

    static Stream<GoldenProgram> full() throws IOException {
        return GoldenProgram.of(ROOT + "goldens/full/");
    }

    private static CheckpointSource file(ProgramLibrary library, String checkpoint) {
        Path file = RandomCheckpointFile.write(
                library, checkpoint, RandomCheckpointFile.officialFormat(checkpoint), checkpoints);
        return CheckpointSource.file(file, new FileFingerprints(checkpoints));
    }

    private static void check(
            GoldenProgram golden, ProgramLibrary library, @Nullable CheckpointSource source, Path cache)
            throws IOException {
        Program program = library.program(golden.name());
        Path archive = new ProgramInstaller(cache).install(program, Precision.FLOAT32, source, InstallListener.none());
        try (TorchProgram network = runtime.load(golden.name(), archive);
                NDManager scope = network.newScope()) {
            NDList outputs = network.run(scope, golden.inputs(scope));

            assertThat(outputs).hasSameSizeAs(golden.outputs()).hasSameSizeAs(program.outputs());
            for (int i = 0; i < outputs.size(); i++) {
                String name = golden.outputs().get(i).get("name").asText();
                float[] expected = golden.expected(name);
                FloatTensor actual = toHost(outputs.get(i));
                assertThat(program.outputs().get(i)).isEqualTo(name);
                assertThat(actual.shape())
                        .as("shape of " + name)
                        .isEqualTo(List.of(boxed(
                                GoldenProgram.longs(golden.outputs().get(i).get("shape")))));
                assertThat(relativeDifference(GoldenProgram.sampled(actual, expected.length), expected))
                        .as(name)
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        } finally {
            Files.deleteIfExists(archive); // the full-size ones together would fill a small disk
        }
    }

    private static FloatTensor toHost(NDArray array) {
        float[] values = array.toType(DataType.FLOAT32, false).toFloatArray();
        return FloatTensor.of(values, array.getShape().getShape());
    }

    private static Long[] boxed(long[] values) {
        return Arrays.stream(values).boxed().toArray(Long[]::new);
    }

    private static double relativeDifference(float[] actual, float[] expected) {
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
            if (Float.isNaN(actual[i])) {
                return Double.NaN;
            }
        }
        return difference / largest;
    }
}
