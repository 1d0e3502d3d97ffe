package io.avatarservice.server.torch;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A network cannot be loaded or failed; subclasses say where more is known. */
public class TorchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public TorchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
