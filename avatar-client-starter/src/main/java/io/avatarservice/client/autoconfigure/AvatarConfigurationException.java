package io.avatarservice.client.autoconfigure;

import java.io.Serial;

/**
 * A configuration that cannot work. Stops the start; the message says what is wrong, {@link #action()} what to do.
 *
 * @since 0.1.0
 */
public abstract class AvatarConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String action;

    AvatarConfigurationException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
