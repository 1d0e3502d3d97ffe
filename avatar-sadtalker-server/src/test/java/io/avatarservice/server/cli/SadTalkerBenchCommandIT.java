package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the measurement in a process of its own, with the tiny networks. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SadTalkerBenchCommandIT {

    @TempDir
    private Path directory;

    @Test
    void measuresEveryStageWithoutSpringAndMediaLibraries() throws Exception {
        BenchProcess result = run("--frames", "2", "--batch", "1,2");

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

        BenchProcess result = run("--frames", "2", "--reference", reference.toString());

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

    private BenchProcess run(String... options) throws IOException, InterruptedException {
        return BenchProcess.run(SadTalkerBenchCommand.class, directory, options);
    }
}
