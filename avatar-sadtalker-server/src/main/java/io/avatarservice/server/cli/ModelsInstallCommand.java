package io.avatarservice.server.cli;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.program.InstallListener;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Does ahead of time what the first render would do: puts the weights into the networks. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = "Puts the weights into the networks, so that the first render need not. Done once per file.")
final class ModelsInstallCommand implements Callable<Integer> {

    @Mixin
    private final ModelSelectionOption selection = new ModelSelectionOption();

    @Option(
            names = "--precision",
            paramLabel = "f32|f16|bf16",
            converter = PrecisionConverter.class,
            description = "Element type of the heavy networks. Default: the one that this machine would render with.")
    private @Nullable Precision precision;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ModelsCommand models;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelTools tools = models.tools();
        TransferPrinter printer =
                new TransferPrinter(spec.commandLine().getErr(), System.console() != null, System::nanoTime);
        Precision wanted = precision != null ? precision : tools.precision().get();
        for (Path archive : tools.installer().install(selection.models(), wanted, progress(printer))) {
            spec.commandLine().getOut().println(archive);
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static InstallListener progress(TransferPrinter printer) {
        return new InstallListener() {
            private String current = "";

            @Override
            public void progress(String program, long doneBytes, long totalBytes) {
                if (!program.equals(current)) {
                    current = program;
                    printer.begin(program);
                }
                printer.progress(doneBytes, totalBytes);
            }
        };
    }
}
