package io.avatarservice.server.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The secrets of this server. Each signs every call, so that a receiver may know the old or the new one. */
final class WebhookSecrets {

    private final List<WebhookSecret> secrets;

    private WebhookSecrets(List<WebhookSecret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /**
     * Checks the configured secrets.
     *
     * @throws InvalidWebhookSecretException where one cannot be used
     */
    static WebhookSecrets of(WebhookProperties properties) {
        List<WebhookSecret> secrets = new ArrayList<>();
        for (String text : properties.secrets()) {
            try {
                secrets.add(WebhookSecret.parse(text));
            } catch (IllegalArgumentException e) {
                throw new InvalidWebhookSecretException(secrets.size() + 1, String.valueOf(e.getMessage()));
            }
        }
        return new WebhookSecrets(secrets);
    }

    boolean isEmpty() {
        return secrets.isEmpty();
    }

    /** One signature for each secret, separated by spaces. */
    String sign(String id, long timestamp, byte[] body) {
        return secrets.stream().map(secret -> secret.sign(id, timestamp, body)).collect(Collectors.joining(" "));
    }
}
