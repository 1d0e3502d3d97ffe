package io.avatarservice.server.cli;

import io.avatarservice.server.webhook.WebhookSecret;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes a secret. Nothing is stored: server and receiver both get it. */
@Command(
        name = "webhook-secret",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a secret for webhooks and prints it.",
            "The server signs its calls with it; receivers check them with it."
        })
final class KeysWebhookSecretCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        String secret = WebhookSecret.generate().text();
        PrintWriter out = spec.commandLine().getOut();
        out.println("server  AVATAR_WEBHOOK_SECRETS='%s'".formatted(secret));
        out.println("client  AVATAR_SERVICE_WEBHOOKSECRET='%s'".formatted(secret));
        out.flush();
        return ExitCode.OK;
    }
}
