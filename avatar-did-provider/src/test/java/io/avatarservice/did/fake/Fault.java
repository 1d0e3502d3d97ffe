package io.avatarservice.did.fake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one call.
 *
 * @param accepted whether the call has its effect all the same
 * @param status the answer's HTTP status, or {@code null} for the one it would have had
 * @param kind D-ID's name of the error, or {@code null} for the usual one of the status
 * @param retryAfter sent as {@code Retry-After} in seconds, or {@code null}
 * @param delay before the answer
 * @param reset whether the connection is reset in place of an answer
 */
public record Fault(
        boolean accepted,
        @Nullable Integer status,
        @Nullable String kind,
        @Nullable Duration retryAfter,
        Duration delay,
        boolean reset) {

    /** Nothing goes wrong. */
    public static final Fault NONE = new Fault(true, null, null, null, Duration.ZERO, false);

    /** The call has no effect and is answered with a status. */
    public static Fault status(int status) {
        return new Fault(false, status, null, null, Duration.ZERO, false);
    }

    /** The call has no effect and is answered with a status and an error of this name. */
    public static Fault status(int status, String kind) {
        return new Fault(false, status, kind, null, Duration.ZERO, false);
    }

    /** The call has its effect, and a proxy on the way answers with a status of its own. */
    public static Fault statusAfterAccepting(int status) {
        return new Fault(true, status, null, null, Duration.ZERO, false);
    }

    /** The call has its effect and is answered late. */
    public static Fault delay(Duration delay) {
        return new Fault(true, null, null, null, delay, false);
    }

    /** The connection is reset, and the call has no effect. */
    public static Fault resetBeforeAccepting() {
        return new Fault(false, null, null, null, Duration.ZERO, true);
    }

    /** The call has its effect, and the connection is reset: the answer is lost. */
    public static Fault resetAfterAccepting() {
        return new Fault(true, null, null, null, Duration.ZERO, true);
    }

    /** The same, and the client is asked to come back later. */
    public Fault retryAfter(Duration retryAfter) {
        return new Fault(accepted, status, kind, retryAfter, delay, reset);
    }

    /** Whether the answer is not what it would have been. */
    boolean replacesAnswer() {
        return status != null || reset;
    }
}
