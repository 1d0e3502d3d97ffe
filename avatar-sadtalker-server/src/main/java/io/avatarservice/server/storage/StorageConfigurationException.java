package io.avatarservice.server.storage;

import java.io.Serial;

/** The store cannot work as it is configured. The message says what is wrong, the action what to set. */
final class StorageConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String action;

    StorageConfigurationException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
