package io.avatarservice.client.autoconfigure;

import java.io.Serial;

/**
 * A property, or the bean in its place, is not an address that can be used.
 *
 * @since 0.1.0
 */
public final class InvalidAvatarAddressException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidAvatarAddressException(String property, String reason, String action) {
        super(property + " " + reason + ".", action);
    }
}
