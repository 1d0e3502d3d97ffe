package io.avatarservice.server.fetch;

import java.io.Serial;

/** A URL that the server does not connect to. The message may be shown to the client: it contains no part of the URL. */
public final class RefusedUrlException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RefusedUrlException(String message) {
        super(message);
    }

    /** The message; never {@code null} here. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
