package io.avatarservice.server.driver;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The video could not be encoded or written; the cause says why. */
final class EncodingException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    EncodingException(@Nullable Throwable cause) {
        super("the video could not be encoded", cause);
    }
}
