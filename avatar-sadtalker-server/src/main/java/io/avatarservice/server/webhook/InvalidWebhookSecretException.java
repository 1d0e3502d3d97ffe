package io.avatarservice.server.webhook;

import java.io.Serial;

/** A configured secret cannot be used. The message does not repeat it. */
final class InvalidWebhookSecretException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param position which one, from 1
     * @param reason what is wrong with it, as the end of a sentence
     */
    InvalidWebhookSecretException(int position, String reason) {
        super("Webhook secret %d %s.".formatted(position, reason));
    }
}
