package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the measurement in a process of its own, with the tiny networks. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SadTalkerBenchCommandIT {

    /** What a machine without our server has: DJL, and the libraries that the command line and the programs are read with. */
    private static final Pattern ENGINE = Pattern.compile(
            "(pytorch-|api-|jna-|gson-|commons-compress-|commons-"
                    + "codec-|commons-io-|commons-lang3-|slf4j-api-|picocli-|jspecify-|jackson-(core|databind|annotations)-).*");

    @TempDir
    private Path directory;

    @Test
    void measuresEveryStageWithoutSpringAndMediaLibraries() throws Exception {
        Result result = run("--frames", "2", "--batch", "1,2");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("weights       made up", "installing the network generator-render")
                .containsPattern("detect .* images/s")
                .containsPattern("mel .* seconds of audio/s")
                .containsPattern("render +1 .* frames/s")
                .containsPattern("render +2 .* frames/s")
                .containsPattern("paste .* frames/s")
                .containsPattern("whole chain .* frames/s")
                .contains("peak memory   ");
    }

    @Test
    void measuresAnotherRendererBesideOurs() throws Exception {
        // TorchScript of: def forward(self, image, kp_source, kp_driving): return image
        Path reference = Path.of(Objects.requireNonNull(getClass().getResource("reference-generator.pt"))
                .toURI());

        Result result = run("--frames", "2", "--reference", reference.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .containsPattern("reference +2 .* frames/s")
                .containsPattern("speed-up +\\d+\\.\\d\\d times the reference");
    }

    @Test
    void saysWhichOptionIsWrong() throws Exception {
        assertThat(run("--size", "300").output()).contains("--size: expected 256 or 512, not 300");
        assertThat(run("--batch", "0").output()).contains("a batch has at least one frame");
        assertThat(run("--precision", "f8").output()).contains("precision must be auto, f32, f16 or bf16");
    }

    private Result run(String... options) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar")
                        || ENGINE.matcher(Path.of(entry).getFileName().toString())
                                .matches())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-cp",
                                classPath,
                                SadTalkerBenchCommand.class.getName(),
                                "--programs",
                                "io/avatarservice/server/torch/programs-tiny/",
                                "--cache",
                                directory.resolve("cache").toString(),
                                "--device",
                                "cpu"),
                        Stream.of(options))
                .toList();
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Result(exitCode, Files.readString(output));
    }

    private record Result(int exitCode, String output) {}
}
