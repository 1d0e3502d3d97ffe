package io.avatarservice.server.torch;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** PyTorch, or the device that was asked for, cannot be used on this machine as it is set up. */
public final class DeviceUnavailableException extends TorchException {

    @Serial
    private static final long serialVersionUID = 1L;

    public DeviceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
