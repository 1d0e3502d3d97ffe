package io.avatarservice.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets one server render many small jobs, and looks whether anything that it holds grows. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Renders many small jobs on one server, and tells whether its heap, native memory, threads, files grow.",
            "The server is started for it, in a process of its own, and its files are deleted at the end. Needs Linux."
        })
final class SoakCommand implements Callable<Integer> {

    private static final int INPUT_BYTES = 40_000;
    private static final int CONCURRENCY = 4;
    private static final int KEPT_JOBS = 20;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(30);

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Jobs in all (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rounds, after each of which the server comes to rest and is measured; at least 4"
                    + " (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "Heap of the server (default: ${DEFAULT-VALUE}).")
    private int heap;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 4 || jobs < rounds) {
            throw new ParameterException(spec.commandLine(), "expected 4 rounds or more, of at least one job each");
        }
        Path directory = Files.createTempDirectory("avatar-soak");
        List<SoakSample> samples = new ArrayList<>();
        int completed = 0;
        try (ServerChild server = new ServerChild(directory, heap, ServerChild.COLLECTING_AT_REST, properties())) {
            for (int round = 1; round <= rounds; round++) {
                int done =
                        samples.isEmpty() ? 0 : samples.get(samples.size() - 1).jobs();
                int due = (int) ((long) jobs * round / rounds);
                completed += render(server, due - done);
                samples.add(server.sample(due));
                print(samples.get(samples.size() - 1).toString());
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        return report(completed, samples) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Returns how many of the jobs were completed. */
    private int render(ServerChild server, int number) throws IOException, InterruptedException {
        LoadPlan plan =
                new LoadPlan(LoadInputs.body(INPUT_BYTES, "preview"), number, CONCURRENCY, 0, true, LONGEST_ROUND);
        try (LoadClient client = new LoadClient(server.address(), null, CONCURRENCY)) {
            LoadRun run = new LoadRun(plan, client);
            Map<String, String> ends = run.ends(LoadReport.accepted(run.submit()));
            return (int) ends.values().stream().filter("completed"::equals).count();
        }
    }

    private boolean report(int completed, List<SoakSample> samples) {
        SoakTrend trend = new SoakTrend(samples);
        SoakSample last = samples.get(samples.size() - 1);
        String result = "jobs=%d completed=%d heap=%s memory=%s threads=%s handles=%s work=%d videos=%s"
                .formatted(
                        jobs,
                        completed,
                        trend.of(SoakSample::heap, 4),
                        trend.of(SoakSample::memory, 16),
                        trend.of(SoakSample::threads, 4),
                        trend.of(SoakSample::handles, 4),
                        last.work(),
                        trend.of(SoakSample::videos, 0));
        print(result);
        return completed == jobs && last.work() == 0 && !result.contains("grew");
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** Finished jobs are forgotten in time, so that the store, too, can be seen to stay as it is. */
    private List<String> properties() {
        int round = jobs / rounds + 1;
        return List.of(
                "--avatar.driver.default-name=preview",
                "--avatar.preview.max-side=64",
                "--avatar.jobs.queue-capacity=" + round,
                "--avatar.jobs.retention.count=" + Math.max(round, KEPT_JOBS),
                "--avatar.jobs.sweep-interval=1s");
    }
}
