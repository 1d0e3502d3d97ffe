package io.avatarservice.did;

import io.avatarservice.did.DidWire.Problem;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An answer other than 2xx, as it came. Never leaves this package: {@link DidFailures} says what it means. */
final class DidResponseException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;
    private final @Nullable String retryAfter;

    DidResponseException(int status, Problem problem, @Nullable String retryAfter) {
        // Without a stack trace: it would show the event loop only.
        super("HTTP " + status, null, false, false);
        this.status = status;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }

    /** The {@code Retry-After} header as it came. */
    @Nullable String retryAfter() {
        return retryAfter;
    }

    /** Whether D-ID knows no such thing. A mistaken address gives another status, or another body. */
    boolean isUnknown() {
        return status == 404 && problem.understood();
    }
}
