package io.avatarservice.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Groups the commands that look after checkpoint files. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, downloads, verifies and installs the checkpoint files of SadTalker and LivePortrait.",
        subcommands = {
            ModelsListCommand.class,
            ModelsDownloadCommand.class,
            ModelsVerifyCommand.class,
            ModelsInstallCommand.class
        })
final class ModelsCommand implements Runnable {

    private final ModelTools.Opener opener;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Directory of the files, in their authors' layouts. Default: avatar.models.directory.")
    private @Nullable Path directory;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ModelsCommand() {
        this(ModelTools::configured);
    }

    ModelsCommand(ModelTools.Opener opener) {
        this.opener = opener;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    ModelTools tools() {
        return opener.open(directory);
    }
}
