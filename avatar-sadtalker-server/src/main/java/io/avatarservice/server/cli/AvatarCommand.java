package io.avatarservice.server.cli;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.checkpoint.CheckpointException;
import io.avatarservice.server.torch.model.ModelException;
import io.avatarservice.server.torch.program.InstallationException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line. Without a subcommand it serves. */
@Command(
        name = "avatar-sadtalker-server",
        description = "Renders talking-head videos: as a REST server, or one at a time.",
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        versionProvider = AvatarVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong arguments"},
        subcommands = {
            ServeCommand.class,
            GenerateCommand.class,
            DriversCommand.class,
            ModelsCommand.class,
            KeysCommand.class,
            StageCommand.class,
            BenchCommand.class,
            ContactSheetCommand.class
        })
public final class AvatarCommand {

    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private AvatarCommand() {}

    /**
     * Runs a command to its end; {@code serve} ends when the server is stopped.
     *
     * @return the exit code
     */
    public static int run(String... args) {
        return commandLine().execute(withDefault(args));
    }

    static CommandLine commandLine() {
        return commandLine(CommandLine.defaultFactory());
    }

    /** {@code factory} makes the subcommands. */
    static CommandLine commandLine(CommandLine.IFactory factory) {
        return new CommandLine(new AvatarCommand(), factory).setExecutionExceptionHandler(AvatarCommand::explain);
    }

    /** Nothing, or what looks like a Spring property ({@code --server.port=9000}), means {@code serve}. */
    static String[] withDefault(String... args) {
        boolean serve = args.length == 0 || (args[0].startsWith("--") && !OWN_OPTIONS.contains(args[0]));
        return serve ? Stream.concat(Stream.of("serve"), Stream.of(args)).toArray(String[]::new) : args;
    }

    /** Prints why a command failed, and gives its exit code. */
    static int explain(Exception failure, CommandLine command, @Nullable ParseResult parsed) {
        boolean usage = failure instanceof ProblemException problem && problem.code() == ProblemCode.INVALID_REQUEST;
        command.getErr().println(command.getColorScheme().errorText("error: " + message(failure)));
        return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static String message(Exception failure) {
        if (failure instanceof ProblemException problem) {
            Throwable cause = problem.code() == ProblemCode.RENDER_FAILED ? problem.getCause() : null;
            return problem.reason() + (cause == null ? "" : " (" + rootMessage(cause) + ")");
        }
        if (failure instanceof ModelException
                || failure instanceof CheckpointException
                || failure instanceof InstallationException) {
            return "" + failure.getMessage();
        }
        return rootMessage(failure);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
