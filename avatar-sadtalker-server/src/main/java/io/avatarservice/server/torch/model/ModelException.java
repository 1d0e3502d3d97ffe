package io.avatarservice.server.torch.model;

import org.jspecify.annotations.Nullable;

/** A checkpoint file is missing, damaged, refused, or cannot be downloaded. The message names the file and what to do. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        this(message, null);
    }

    public ModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
