package io.avatarservice.server.security;

import java.io.Serial;

/** The security configuration cannot be used. The message names no secret. */
final class InvalidSecurityException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param message what is wrong
     * @param action what to do about it
     */
    InvalidSecurityException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
