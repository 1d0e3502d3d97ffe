package io.avatarservice.server.cli;

import io.avatarservice.server.driver.facevid2vid.StageTime;
import io.avatarservice.server.driver.sadtalker.SadTalkerBench;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.model.ModelCatalog;
import io.avatarservice.server.torch.model.ModelProperties;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ModelCacheProperties;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

    /** Read by Logback when the first logger is made. */
    private static final String LOGGING = "logback.configurationFile";

    private static final int CPU_FRAMES = 4;
    private static final int CUDA_FRAMES = 256;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the rendered square, 256 or 512 (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "2",
            description = "Frames rendered at once; several values, separated by commas, are measured one after the"
                    + " other (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames rendered for each figure, in whole batches. Default: 4 on the CPU, 256 on CUDA.")
    private @Nullable Integer frames;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "";

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, f32, f16 or bf16 (default: ${DEFAULT-VALUE}).")
    private String precision = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads of one network run on the CPU; 0 for one per core (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Checkpoints in SadTalker's own layout, in place of made-up weights.")
    private @Nullable Path models;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where networks are installed to. Default: 'avatar-service' in the user's cache directory.")
    private @Nullable Path cache;

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

    @Option(names = "--programs", hidden = true, description = "Class-path folder of the programs, for tests.")
    private String programs = ProgramLibrary.FOLDER;

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
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "io/avatarservice/server/cli/quiet-logback.xml");
        }
        requireReadable("--models", models);
        requireReadable("--reference", reference);
        if (size != 256 && size != 512) {
            throw new ParameterException(spec.commandLine(), "--size: expected 256 or 512, not " + size);
        }
        try (TorchRuntime runtime = new TorchRuntime(properties());
                SadTalkerBench bench = bench(runtime)) {
            SadTalkerBenchReport report =
                    new SadTalkerBenchReport(spec.commandLine().getOut());
            report.head(runtime, size, models);
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
        List<String> properties = new ArrayList<>(List.of(
                "--avatar.torch.device=" + device,
                "--avatar.torch.precision=" + precision,
                "--avatar.torch.threads=" + threads));
        if (models != null) {
            properties.add("--avatar.models.sadtalker-root=" + models.toAbsolutePath());
            properties.add("--avatar.models.directory=" + models.toAbsolutePath());
        }
        if (cache != null) {
            properties.add("--avatar.models.cache=" + cache.toAbsolutePath());
        }
        render.measure("sadtalker", Map.of("size", Integer.toString(size)), properties.toArray(String[]::new));
    }

    private List<StageTime> measure(SadTalkerBench bench, SadTalkerBenchReport report) {
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

    private void compare(SadTalkerBench bench, SadTalkerBenchReport report, Path other) {
        for (int batch : batches) {
            List<StageTime> both = bench.beside(other, batch);
            both.forEach(report::row);
            report.speedUp(both.get(1).perSecond() / both.get(0).perSecond());
        }
    }

    private TorchProperties properties() {
        try {
            TorchProperties defaults = TorchProperties.defaults();
            return new TorchProperties(device, precision, threads, defaults.memoryFraction(), defaults.nativeCache());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "" + e.getMessage(), e);
        }
    }

    private SadTalkerBench bench(TorchRuntime runtime) {
        ProgramLibrary library = ProgramLibrary.load(programs);
        Path directory = new ModelCacheProperties(cache).directory();
        int wanted = frames != null ? frames : runtime.device().isGpu() ? CUDA_FRAMES : CPU_FRAMES;
        try {
            return new SadTalkerBench(
                    runtime,
                    library,
                    new ProgramInstaller(directory),
                    checkpoints(library, directory),
                    new InstallPrinter(spec.commandLine().getErr()),
                    new SadTalkerBench.Settings(size, batches, wanted));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "" + e.getMessage(), e);
        }
    }

    private CheckpointSources checkpoints(ProgramLibrary library, Path directory) {
        if (models == null) {
            return CheckpointSources.random(library);
        }
        FileFingerprints fingerprints = new FileFingerprints(directory);
        return CheckpointSources.published(
                new ModelStore(ModelCatalog.official(), ModelProperties.of(models), fingerprints), fingerprints);
    }

    private void requireReadable(String option, @Nullable Path path) {
        if (path != null && !Files.isReadable(path)) {
            throw new ParameterException(spec.commandLine(), option + ": cannot read " + path);
        }
    }
}
