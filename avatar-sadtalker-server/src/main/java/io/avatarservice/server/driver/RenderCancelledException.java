package io.avatarservice.server.driver;

import java.io.Serial;

/** Unwinds a render that was cancelled. No stack trace: it is control flow, not an error. */
public final class RenderCancelledException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public RenderCancelledException() {
        super("the render was cancelled", null, false, false);
    }
}
