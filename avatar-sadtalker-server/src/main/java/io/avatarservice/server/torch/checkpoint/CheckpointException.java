package io.avatarservice.server.torch.checkpoint;

import org.jspecify.annotations.Nullable;

/** A checkpoint is damaged, hostile, of another kind, or not the one that a network needs. The message names the file. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        this(message, null);
    }

    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
