package io.avatarservice.server.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the kill test, with the packaged server and H2 in its process. */
class KillIT {

    private static final Path JAR =
            Path.of("target", "avatar-sadtalker-server.jar").toAbsolutePath();

    @Test
    void everyAcceptedJobIsCompletedOnceWhateverIsKilled(@TempDir Path directory) throws Exception {
        assertThat(JAR).as("the packaged server; run with 'mvn verify'").exists();
        KillPlan plan = new KillPlan(JAR, directory, KillPlan.Database.H2, 1, 12, 3, Duration.ofSeconds(3), 20_300_101);
        StringBuilder log = new StringBuilder();

        KillReport report = new KillRun(plan, line -> log.append(line).append('\n')).run();

        assertThat(report).as(log.toString()).hasToString("accepted=12 completed=12 lost=0 doubled=0 orphans=0");
    }
}
