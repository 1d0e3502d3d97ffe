package io.avatarservice.client.autoconfigure;

import java.io.Serial;

/**
 * D-ID is to render, and there is no key for it.
 *
 * @since 0.1.0
 */
public final class MissingDidApiKeyException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingDidApiKeyException(String property) {
        super(
                property + " names 'd-id', but there is no D-ID API key.",
                "Set avatar.d-id.api-key, or the environment variable "
                        + PropertiesDidConnectionDetails.API_KEY_VARIABLE
                        + ", to the key as D-ID issued it; or take 'd-id' out of " + property + ".");
    }
}
