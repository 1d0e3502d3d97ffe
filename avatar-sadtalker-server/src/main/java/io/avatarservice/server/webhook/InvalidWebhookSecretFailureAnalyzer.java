package io.avatarservice.server.webhook;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the server does not start, and what to do, in place of a stack trace. */
final class InvalidWebhookSecretFailureAnalyzer extends AbstractFailureAnalyzer<InvalidWebhookSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidWebhookSecretException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct avatar.webhooks.secrets or AVATAR_WEBHOOK_SECRETS: each has the form 'whsec_' and Base64 of 24 to"
                        + " 64 bytes. The command 'keys webhook-secret' makes one.",
                cause);
    }
}
