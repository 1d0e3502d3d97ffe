package io.avatarservice.server.problem;

/**
 * The stable codes that clients see in {@code code}, each with its HTTP status and whether the same request may
 * succeed when sent again.
 */
public enum ProblemCode {
    /** A field is missing, contradictory, malformed or out of range. */
    INVALID_REQUEST(400, false),
    /** The credentials are missing or not accepted. */
    AUTHENTICATION(401, false),
    /** The credentials are accepted, but not for this call. */
    FORBIDDEN(403, false),
    /** No such job or file. */
    NOT_FOUND(404, false),
    /** The resource does not know this HTTP method. */
    METHOD_NOT_ALLOWED(405, false),
    /** None of the accepted media types can be answered. */
    NOT_ACCEPTABLE(406, false),
    /** The job's state does not allow the call. */
    CONFLICT(409, false),
    /** An input has more bytes, pixels or seconds than the limit. */
    PAYLOAD_TOO_LARGE(413, false),
    /** An input's content is not one of the supported formats, or is damaged. */
    UNSUPPORTED_MEDIA(415, false),
    /** The portrait shows no face that can be animated. */
    FACE_NOT_FOUND(422, false),
    /** The idempotency key was used before with another body. */
    IDEMPOTENCY_KEY_REUSED(422, false),
    /** The job was cancelled. */
    CANCELLED(409, false),
    /**
     * The caller made too many calls or has too many unfinished jobs, or too many submissions come in; the answer carries
     * {@code Retry-After}.
     */
    RATE_LIMITED(429, true),
    /** The render failed for a reason that is not the request's fault. */
    RENDER_FAILED(500, true),
    /** Anything unforeseen. */
    INTERNAL(500, true),
    /** The server knows this driver's name but cannot run it. */
    UNSUPPORTED(501, false),
    /** The driver lacks its checkpoints or is still loading. */
    DRIVER_NOT_READY(503, false),
    /** The queue is full; the answer carries {@code Retry-After}. */
    QUEUE_FULL(503, true),
    /** The server is stopping; another one, or this one restarted, will take the request. */
    SHUTTING_DOWN(503, true),
    /** The result could not be stored. */
    STORAGE_UNAVAILABLE(503, true),
    /** The render took longer than it may. */
    TIMEOUT(504, true);

    private final int httpStatus;
    private final boolean retryable;

    ProblemCode(int httpStatus, boolean retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public boolean retryable() {
        return retryable;
    }
}
