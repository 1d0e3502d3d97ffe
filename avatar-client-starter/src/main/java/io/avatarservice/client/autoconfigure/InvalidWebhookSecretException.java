package io.avatarservice.client.autoconfigure;

import java.io.Serial;

/**
 * {@code avatar.service.webhook-secret} is not a secret of Standard Webhooks.
 *
 * @since 0.1.0
 */
public final class InvalidWebhookSecretException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidWebhookSecretException(String reason) {
        super(
                "avatar.service.webhook-secret " + reason + ".",
                "Set avatar.service.webhook-secret to the same secret as on the server: whsec_ followed by 24 to 64"
                        + " random bytes in Base64.");
    }
}
