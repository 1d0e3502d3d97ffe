package io.avatarservice.server.media;

import java.io.Serial;

/** An image container that is incomplete, contradictory or not a still picture; the message ends a sentence. */
final class DamagedImageException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    DamagedImageException(String message) {
        super(message);
    }
}
