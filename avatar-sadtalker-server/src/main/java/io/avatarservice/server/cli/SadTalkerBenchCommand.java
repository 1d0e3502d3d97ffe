package io.avatarservice.server.cli;

import io.avatarservice.server.driver.facevid2vid.StageTime;
import io.avatarservice.server.driver.sadtalker.SadTalkerBench;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Measures SadTalker's networks. Has an entry point of its own, so that it runs where there are but a Java runtime, DJL and
 * this program's classes, without Spring and the media libraries.
 */
@Command(
        name = "sadtalker",
        mixinStandardHelpOptions = true,
        description = {
            "Measures SadTalker's stages, from decoded inputs to finished frames.",
            "Needs no checkpoints: without --models the weights are made up, installed once."
        })
public final class SadTalkerBenchCommand implements Callable<Integer> {

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the rendered square, 256 or 512 (default: ${DEFAULT-VALUE}).")
    private int size;

    @Mixin
    private NetworkBenchOptions options = new NetworkBenchOptions();

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = {
                "Another renderer, to be timed beside this one: a TorchScript archive that makes frames of images"
                        + " [B,3,S,S] and of source and driving keypoints [B,15,3]."
            })
    private @Nullable Path reference;

    @Option(
            names = "--end-to-end",
            description = {
                "Also measures a render from files to file, as 'bench' does for other drivers and with its options before"
                        + " 'sadtalker'. Needs the checkpoints, those of --models or the configured ones."
            })
    private boolean endToEnd;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    private @Nullable BenchCommand render;

    private SadTalkerBenchCommand() {}

    /** The same as {@code bench sadtalker}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SadTalkerBenchCommand())
                .setExecutionExceptionHandler(AvatarCommand::explain)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        options.quietly();
        options.check(spec);
        options.requireReadable(spec, "--reference", reference);
        if (size != 256 && size != 512) {
            throw new ParameterException(spec.commandLine(), "--size: expected 256 or 512, not " + size);
        }
        try (TorchRuntime runtime = new TorchRuntime(options.torch(spec));
                SadTalkerBench bench = bench(runtime)) {
            NetworkBenchReport report =
                    new NetworkBenchReport(spec.commandLine().getOut());
            report.head(runtime, size, options.models());
            bench.prepare();
            List<StageTime> renders = measure(bench, report);
            report.memory(runtime);
            if (runtime.device().isGpu()) {
                double ceiling = bench.matrixSpeed();
                report.matrixSpeed(ceiling);
                renders.forEach(stage -> report.share(stage.batch(), bench.work(stage) / ceiling));
            }
            if (reference != null) {
                compare(bench, report, reference);
            }
        }
        if (endToEnd) {
            renderFiles();
        }
        return ExitCode.OK;
    }

    private void renderFiles() throws IOException {
        if (render == null) {
            throw new ParameterException(spec.commandLine(), "--end-to-end: only as 'bench sadtalker'");
        }
        render.measure("sadtalker", Map.of("size", Integer.toString(size)), options.properties());
    }

    private List<StageTime> measure(SadTalkerBench bench, NetworkBenchReport report) {
        List<StageTime> renders = new ArrayList<>();
        report.columns();
        bench.stages(stage -> {
            report.row(stage);
            if (stage.stage().equals(SadTalkerBench.RENDER)) {
                renders.add(stage);
            }
        });
        report.row(bench.chain());
        return renders;
    }

    private void compare(SadTalkerBench bench, NetworkBenchReport report, Path other) {
        for (int batch : options.batches()) {
            List<StageTime> both = bench.beside(other, batch);
            both.forEach(report::row);
            report.speedUp(both.get(1).perSecond() / both.get(0).perSecond());
        }
    }

    private SadTalkerBench bench(TorchRuntime runtime) {
        ProgramLibrary library = options.library();
        try {
            return new SadTalkerBench(
                    runtime,
                    library,
                    options.installer(),
                    options.checkpoints(library),
                    new InstallPrinter(spec.commandLine().getErr()),
                    new SadTalkerBench.Settings(size, options.batches(), options.frames(runtime)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "" + e.getMessage(), e);
        }
    }
}
