package io.avatarservice.server.cli;

import io.avatarservice.server.driver.liveportrait.LivePortraitBench;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures LivePortrait's networks. Has an entry point of its own, as {@link SadTalkerBenchCommand} has. */
@Command(
        name = "liveportrait",
        mixinStandardHelpOptions = true,
        description = {
            "Measures LivePortrait's stages, from cropped driving frames to finished ones.",
            "Needs no checkpoints: without --models the weights are made up, installed once."
        })
public final class LivePortraitBenchCommand implements Callable<Integer> {

    private static final int SIZE = 512;

    @Mixin
    private NetworkBenchOptions options = new NetworkBenchOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private LivePortraitBenchCommand() {}

    /** The same as {@code bench liveportrait}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LivePortraitBenchCommand())
                .setExecutionExceptionHandler(AvatarCommand::explain)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        options.quietly();
        options.check(spec);
        try (TorchRuntime runtime = new TorchRuntime(options.torch(spec));
                LivePortraitBench bench = bench(runtime)) {
            NetworkBenchReport report =
                    new NetworkBenchReport(spec.commandLine().getOut());
            report.head(runtime, SIZE, options.models());
            bench.prepare();
            report.columns();
            bench.stages(report::row);
            report.row(bench.chain());
            report.memory(runtime);
        }
        return ExitCode.OK;
    }

    private LivePortraitBench bench(TorchRuntime runtime) {
        ProgramLibrary library = options.library();
        try {
            return new LivePortraitBench(
                    runtime,
                    library,
                    options.installer(),
                    options.checkpoints(library),
                    new InstallPrinter(spec.commandLine().getErr()),
                    options.batches(),
                    options.frames(runtime));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "" + e.getMessage(), e);
        }
    }
}
