package io.avatarservice.server.torch;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The device, or the machine for networks on the CPU, has not enough memory for a network run. A smaller batch may fit. */
public final class OutOfDeviceMemoryException extends TorchException {

    @Serial
    private static final long serialVersionUID = 1L;

    public OutOfDeviceMemoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
