package io.avatarservice.server.torch.program;

import java.io.Serial;

/** A program could not be written to the model cache. The message names the file or folder; nothing is left behind. */
public final class InstallationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    InstallationException(String message) {
        super(message);
    }

    InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
