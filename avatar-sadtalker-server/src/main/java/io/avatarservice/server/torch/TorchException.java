package io.avatarservice.server.torch;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** PyTorch cannot be used as it is set up, or a network failed. */
public class TorchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public TorchException(String message) {
        this(message, null);
    }

    public TorchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
