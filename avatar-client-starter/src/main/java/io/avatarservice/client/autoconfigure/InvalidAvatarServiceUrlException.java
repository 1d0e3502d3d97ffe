package io.avatarservice.client.autoconfigure;

import java.io.Serial;

/**
 * {@code avatar.service.base-url} is not the address of a server.
 *
 * @since 0.1.0
 */
public final class InvalidAvatarServiceUrlException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidAvatarServiceUrlException(String reason) {
        super(
                "avatar.service.base-url " + reason + ".",
                "Set avatar.service.base-url, or the environment variable AVATAR_SERVICE_BASEURL, to the address of the"
                        + " server, for example http://localhost:8001.");
    }
}
