package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The short forms of the load and the soak, each with a server in a process of its own. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ServerBenchCommandIT {

    private final StringWriter out = new StringWriter();

    @Test
    void noneOfManySubmissionsAtOnceIsLostAndRefusalsSayWhenToComeAgain() {
        int exitCode = bench(
                "server",
                "--submits=200",
                "--concurrency=200",
                "--warm-up=0",
                "--input-size=50KB",
                "--property=avatar.server.max-submissions=8",
                "--property=avatar.jobs.queue-capacity=20");

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("refused +[1-9]")
                .containsPattern("answers=200 accepted=[1-9]\\d* refused=\\d+ without_retry_after=0 failed=0 lost=0 ");
    }

    @Test
    void whoComesAgainIsAcceptedInTheEnd() {
        int exitCode = bench(
                "server",
                "--submits=30",
                "--concurrency=30",
                "--warm-up=0",
                "--input-size=50KB",
                "--persistent",
                "--property=avatar.server.max-submissions=4");

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString()).containsPattern("answers=\\d+ accepted=30 .* lost=0 ");
    }

    @Test
    void aShortSoakCompletesEveryJobAndLeavesNoFile() {
        bench("soak", "--jobs=8", "--rounds=4");

        // So few rounds show no trend; they show that all is measured.
        assertThat(out.toString())
                .containsPattern(
                        "8 jobs: heap [1-9]\\d* MiB, process [1-9]\\d* MiB, [1-9]\\d* threads, [1-9]\\d* handles")
                .containsPattern("jobs=8 completed=8 heap=.* work=0 ");
    }

    private int bench(String command, String... arguments) {
        CommandLine line = AvatarCommand.commandLine().setOut(new PrintWriter(out, true));
        String[] all = new String[arguments.length + 2];
        all[0] = "bench";
        all[1] = command;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return line.execute(all);
    }
}
