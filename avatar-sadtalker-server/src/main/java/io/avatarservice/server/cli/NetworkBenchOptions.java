package io.avatarservice.server.cli;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every measurement of networks is told. */
final class NetworkBenchOptions {

    /** Read by Logback when the first logger is made. */
    private static final String LOGGING = "logback.configurationFile";

    private static final int CPU_FRAMES = 4;
    private static final int CUDA_FRAMES = 256;

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
            description = "Checkpoints in their authors' layout, in place of made-up weights.")
    private @Nullable Path models;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where networks are installed to. Default: 'avatar-service' in the user's cache directory.")
    private @Nullable Path cache;

    @Option(names = "--programs", hidden = true, description = "Class-path folder of the programs, for tests.")
    private String programs = ProgramLibrary.FOLDER;

    List<Integer> batches() {
        return batches;
    }

    @Nullable Path models() {
        return models;
    }

    /** Keeps log lines out of the figures. */
    void quietly() {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "io/avatarservice/server/cli/quiet-logback.xml");
        }
    }

    void check(CommandSpec spec) {
        requireReadable(spec, "--models", models);
    }

    void requireReadable(CommandSpec spec, String option, @Nullable Path path) {
        if (path != null && !Files.isReadable(path)) {
            throw new ParameterException(spec.commandLine(), option + ": cannot read " + path);
        }
    }

    TorchProperties torch(CommandSpec spec) {
        try {
            TorchProperties defaults = TorchProperties.defaults();
            return new TorchProperties(device, precision, threads, defaults.memoryFraction(), defaults.nativeCache());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "" + e.getMessage(), e);
        }
    }

    int frames(TorchRuntime runtime) {
        return frames != null ? frames : runtime.device().isGpu() ? CUDA_FRAMES : CPU_FRAMES;
    }

    ProgramLibrary library() {
        return ProgramLibrary.load(programs);
    }

    ProgramInstaller installer() {
        return new ProgramInstaller(directory());
    }

    CheckpointSources checkpoints(ProgramLibrary library) {
        if (models == null) {
            return CheckpointSources.random(library);
        }
        FileFingerprints fingerprints = new FileFingerprints(directory());
        return CheckpointSources.published(
                new ModelStore(ModelCatalog.official(), ModelProperties.of(models), fingerprints), fingerprints);
    }

    private Path directory() {
        return new ModelCacheProperties(cache).directory();
    }

    /** The same for a render from files to file, as properties on a command line. */
    String[] properties() {
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
        return properties.toArray(String[]::new);
    }
}
