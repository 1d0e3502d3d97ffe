package io.avatarservice.server.media;

import java.io.Serial;

/** A file of a known container without any audio in it. */
final class NoAudioStreamException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NoAudioStreamException() {
        super("there is no audio stream");
    }
}
