package io.avatarservice.server.cli;

import org.jspecify.annotations.Nullable;

/**
 * How a server answered one request.
 *
 * @param status of the answer; 0 where there was none
 * @param retryAfter seconds after which it may be sent again, or {@code null} where nothing was said
 * @param nanos from the moment at which the request was due to the end of the answer
 * @param sentNanos from the moment at which the client got round to sending it to the end of the answer
 * @param job the job that was accepted
 */
record LoadAnswer(
        int status,
        @Nullable Long retryAfter,
        long nanos,
        long sentNanos,
        @Nullable String job) {

    LoadAnswer withJob(@Nullable String accepted) {
        return new LoadAnswer(status, retryAfter, nanos, sentNanos, accepted);
    }

    boolean accepted() {
        return status == 202 || status == 200;
    }

    boolean refused() {
        return status != 0 && !accepted();
    }

    /** Whether the server refused for now and not for good. */
    boolean busy() {
        return status == 429 || status == 503;
    }
}
