package io.avatarservice.server.torch.model;

import org.jspecify.annotations.Nullable;

/** One address did not give the file. The message says why, without the address. */
final class TransferException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    private TransferException(String message, boolean temporary, @Nullable Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    static TransferException lasting(String message) {
        return new TransferException(message, false, null);
    }

    static TransferException lasting(String message, Throwable cause) {
        return new TransferException(message, false, cause);
    }

    static TransferException temporary(String message) {
        return new TransferException(message, true, null);
    }

    static TransferException temporary(String message, Throwable cause) {
        return new TransferException(message, true, cause);
    }

    /** Whether another attempt may succeed. */
    boolean temporary() {
        return temporary;
    }
}
