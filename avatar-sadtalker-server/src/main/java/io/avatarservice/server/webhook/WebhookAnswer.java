package io.avatarservice.server.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param status HTTP status, or {@code null} where there was no answer
 * @param error why it was not accepted, or {@code null} where it was; contains no part of the URL
 * @param retryAfter the pause that the receiver asks for
 */
record WebhookAnswer(
        @Nullable Integer status,
        @Nullable String error,
        @Nullable Duration retryAfter) {

    private static final int GONE = 410;

    static WebhookAnswer of(int status, @Nullable Duration retryAfter) {
        boolean accepted = status >= 200 && status < 300;
        return new WebhookAnswer(
                status, accepted ? null : "the receiver answered with HTTP status " + status, retryAfter);
    }

    static WebhookAnswer none(String error) {
        return new WebhookAnswer(null, error, null);
    }

    boolean accepted() {
        return error == null;
    }

    /** Whether the receiver wants no more calls. */
    boolean gone() {
        return status != null && status == GONE;
    }
}
