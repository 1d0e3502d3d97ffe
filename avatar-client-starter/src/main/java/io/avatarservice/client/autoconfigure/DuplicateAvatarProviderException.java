package io.avatarservice.client.autoconfigure;

import io.avatarservice.spi.AvatarProvider;
import java.io.Serial;

/**
 * Two beans claim the same provider id.
 *
 * @since 0.1.0
 */
public final class DuplicateAvatarProviderException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    DuplicateAvatarProviderException(AvatarProvider first, AvatarProvider second) {
        super(
                "Two avatar providers have the id '" + first.id() + "': "
                        + first.getClass().getName() + " and "
                        + second.getClass().getName() + ".",
                "Give one of them another id(), or remove its bean. A bean named sadTalkerAvatarProvider replaces the"
                        + " auto-configured one.");
    }
}
