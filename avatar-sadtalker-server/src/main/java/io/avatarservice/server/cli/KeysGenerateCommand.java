package io.avatarservice.server.cli;

import io.avatarservice.server.security.NewKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key. Nothing is stored: the caller gets the key, the server its hash. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an API key and prints it with its hash.",
            "The caller sends the key as 'Authorization: Bearer <key>'; the server needs the hash only."
        })
final class KeysGenerateCommand implements Callable<Integer> {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "orchestrator",
            description = "Name of the caller, for logs and metrics. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    @Option(
            names = "--scopes",
            paramLabel = "SCOPES",
            defaultValue = "submit+read",
            description = "What the key may do: submit, read, admin, joined by '+'. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String scopes;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        NewKey key = NewKey.generate();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("key     %s%n", key.secret());
        out.printf("sha256  %s%n", key.hash().hex());
        out.println();
        out.println("server  AVATAR_API_KEYS='%s:{sha256}%s:%s'"
                .formatted(name, key.hash().hex(), scopes));
        out.println("client  AVATAR_API_KEY='%s'".formatted(key.secret()));
        out.flush();
        return ExitCode.OK;
    }
}
