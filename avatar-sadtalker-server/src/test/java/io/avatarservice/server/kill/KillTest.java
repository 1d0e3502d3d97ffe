package io.avatarservice.server.kill;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The kill test as a command; {@code scripts/kill-test.sh} runs it. */
@Command(
        name = "kill-test",
        showDefaultValues = true,
        description = "Kills servers and counts what became of their jobs.")
final class KillTest implements Callable<Integer> {

    @Option(names = "--jobs", defaultValue = "200", description = "Jobs to submit.")
    private int jobs;

    @Option(names = "--kills", defaultValue = "20", description = "Servers to kill.")
    private int kills;

    @Option(names = "--db", defaultValue = "h2", description = "h2 or postgres.")
    private KillPlan.Database database = KillPlan.Database.H2;

    @Option(names = "--nodes", defaultValue = "1", description = "Servers on the database.")
    private int nodes;

    @Option(
            names = "--life",
            defaultValue = "10",
            description = "Seconds that a server serves at most before it is killed. A render by tiny networks takes 3"
                    + " of a young server, so that shorter lives end few of them.")
    private int life;

    @Option(names = "--seed", defaultValue = "0", description = "Of all random choices; 0 for another each time.")
    private long seed;

    @Option(names = "--jar", defaultValue = "target/avatar-sadtalker-server.jar", description = "The server.")
    private Path jar = Path.of("");

    private KillTest() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new KillTest())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        long chosen = seed == 0 ? Instant.now().toEpochMilli() : seed;
        Path directory = Path.of("target", "kill-test", Long.toString(chosen)).toAbsolutePath();
        KillPlan plan = new KillPlan(
                jar.toAbsolutePath(), directory, database, nodes, jobs, kills, Duration.ofSeconds(life), chosen);
        System.out.println("seed " + chosen + ", logs in " + directory);
        KillReport report = new KillRun(plan, System.out::println).run();
        if (report.clean()) {
            FileSystemUtils.deleteRecursively(directory);
        }
        System.out.println(report);
        return report.clean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
