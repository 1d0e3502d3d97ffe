package io.avatarservice.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how a server takes many submissions at once. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how a server takes many submissions at once, and whether it loses any.",
            "Without --url a server of its own is started, in a process of its own, and its files are deleted at the end."
        })
final class ServerBenchCommand implements Callable<Integer> {

    private static final int WARMING_CONCURRENCY = 8;
    private static final int REST_SECONDS = 5;

    @Option(
            names = "--submits",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Submissions in all (default: ${DEFAULT-VALUE}).")
    private int submits;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Submissions that wait for their answer at the same time (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Submissions begun in a second, whatever became of those before; 0 for as many as"
                    + " --concurrency lets through (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--input-size",
            paramLabel = "SIZE",
            defaultValue = "100KB",
            description = "Portrait and speech of each together, before Base64 (default: ${DEFAULT-VALUE}).")
    private String inputSize = "";

    @Option(names = "--persistent", description = "Sends what was refused again when Retry-After is over.")
    private boolean persistent;

    @Option(names = "--url", paramLabel = "URL", description = "A server that runs already. It keeps the jobs.")
    private @Nullable URI url;

    @Option(names = "--key", paramLabel = "KEY", description = "API key for --url.")
    private @Nullable String key;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = "preview",
            description = "Engine that renders the jobs (default: ${DEFAULT-VALUE}).")
    private String driver = "";

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "512",
            description = "Heap of the server that is started (default: ${DEFAULT-VALUE}).")
    private int heap;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "Submissions before the first that counts, few at a time, and as many again --concurrency at a"
                            + " time; their jobs are cancelled (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--end",
            paramLabel = "SECONDS",
            defaultValue = "1800",
            description = "How long accepted jobs are waited for (default: ${DEFAULT-VALUE}).")
    private int longestEnd;

    @Option(
            names = "--property",
            paramLabel = "NAME=VALUE",
            description = "Spring property of the server that is started; may be repeated.")
    private List<String> properties = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (submits < 1 || concurrency < 1 || rate < 0 || warmUp < 0) {
            throw new ParameterException(spec.commandLine(), "expected positive numbers");
        }
        byte[] body = body();
        if (url != null) {
            return report(measure(url, body), "not measured of another's server") ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        Path directory = Files.createTempDirectory("avatar-bench");
        try (ServerChild server = new ServerChild(directory, heap, List.of(), ownProperties())) {
            LoadReport report = measure(server.address(), body);
            String memory = "heap %d of %d MiB, process %s".formatted(server.peakHeap(), heap, server.peakMemory());
            return report(report, memory) ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private LoadReport measure(URI server, byte[] body) throws InterruptedException {
        try (LoadClient client = new LoadClient(server, key, Math.min(concurrency, submits))) {
            if (warmUp > 0) {
                warmUp(body, client);
            }
            return measure(body, client);
        }
    }

    /** Few at a time, so that most are accepted; and then as many at a time as are measured, over the connections that stay. */
    private void warmUp(byte[] body, LoadClient client) throws InterruptedException {
        int few = Math.min(concurrency, WARMING_CONCURRENCY);
        for (int together : new int[] {few, concurrency}) {
            LoadRun warming = new LoadRun(plan(body, warmUp, together, 0), client);
            warming.ends(LoadReport.accepted(warming.submitAndCancel()));
        }
        // the compilers of both virtual machines have work left
        TimeUnit.SECONDS.sleep(REST_SECONDS);
    }

    private LoadReport measure(byte[] body, LoadClient client) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "load          %d submissions, %s, %s of inputs each; load average %.1f on %d processors%n",
                submits,
                rate > 0 ? "%.0f each second".formatted(rate) : concurrency + " at a time",
                Sizes.words(DataSize.parse(inputSize).toBytes()),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        out.flush();
        LoadRun run = new LoadRun(plan(body, submits, concurrency, rate), client);
        long start = System.nanoTime();
        List<LoadAnswer> answers = run.submit();
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "answers       %d in %.2f s, %.0f each second%n",
                answers.size(),
                seconds,
                answers.size() / seconds);
        out.flush();
        Map<String, String> ends = run.ends(LoadReport.accepted(answers));
        return new LoadReport(answers, ends);
    }

    private LoadPlan plan(byte[] body, int submits, int concurrency, double rate) {
        return new LoadPlan(body, submits, concurrency, rate, persistent, Duration.ofSeconds(longestEnd));
    }

    private boolean report(LoadReport report, String memory) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "accepted      %d%n", report.accepted());
        out.printf("since due     %s%n", percentiles(report, LoadAnswer::nanos));
        out.printf("since sending %s%n", percentiles(report, LoadAnswer::sentNanos));
        out.printf("refused       %d, by status %s%n", report.refused(), report.refusals());
        out.printf("jobs          %s%n", report.endings());
        out.printf("peak memory   %s%n", memory);
        out.println(report);
        out.flush();
        return report.lost() == 0 && report.failed() == 0 && report.withoutRetryAfter() == 0;
    }

    private static String percentiles(LoadReport report, ToLongFunction<LoadAnswer> time) {
        return "p50 %d ms, p95 %d ms, p99 %d ms, longest %d ms"
                .formatted(IntStream.of(50, 95, 99, 100)
                        .mapToObj(percentile ->
                                report.percentile(time, percentile).toMillis())
                        .toArray());
    }

    /** All that were submitted are kept until they are counted, and rendered as fast as can be. */
    private List<String> ownProperties() {
        List<String> own = new ArrayList<>(List.of(
                "--avatar.jobs.retention.count=" + (submits + 2 * warmUp),
                "--avatar.preview.max-side=64",
                "--avatar.driver.default-name=" + driver));
        properties.forEach(property -> own.add("--" + property));
        return own;
    }

    private byte[] body() throws IOException {
        try {
            return LoadInputs.body(DataSize.parse(inputSize).toBytes(), driver);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--input-size: " + e.getMessage(), e);
        }
    }
}
