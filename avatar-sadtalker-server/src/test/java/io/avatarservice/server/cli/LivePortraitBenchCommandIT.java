package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the measurement in a process of its own, with the tiny networks. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LivePortraitBenchCommandIT {

    @TempDir
    private Path directory;

    @Test
    void measuresEveryStageWithoutSpringAndMediaLibraries() throws Exception {
        BenchProcess result = run("--frames", "2", "--batch", "1,2");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("weights       made up", "installing the network lp-decode")
                .doesNotContain("generator-render")
                .containsPattern("appearance .* images/s")
                .containsPattern("motion +2 .* frames/s")
                .containsPattern("keypoints, stitched +1 .* frames/s")
                .containsPattern("warp and decode +2 .* frames/s")
                .containsPattern("all networks +2 .* frames/s")
                .containsPattern("paste .* frames/s")
                .containsPattern("whole chain .* frames/s")
                .contains("peak memory   ");
    }

    @Test
    void saysWhichOptionIsWrong() throws Exception {
        assertThat(run("--batch", "0").output()).contains("a batch has at least one frame");
        assertThat(run("--frames", "0").output()).contains("at least one frame has to be rendered");
    }

    private BenchProcess run(String... options) throws IOException, InterruptedException {
        return BenchProcess.run(LivePortraitBenchCommand.class, directory, options);
    }
}
