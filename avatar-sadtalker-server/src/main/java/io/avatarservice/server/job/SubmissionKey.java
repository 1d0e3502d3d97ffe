package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * What makes a submission the same as an earlier one: an idempotency key, or the id that the client chose.
 *
 * @param text as stored
 */
record SubmissionKey(String text) {

    // No idempotency key has a space, so that an id is never taken for one.
    private static final String ID = "id ";

    static @Nullable SubmissionKey of(JobRequest request) {
        if (request.id() != null) {
            return new SubmissionKey(ID + request.id());
        }
        return request.idempotencyKey() == null
                ? null
                : new SubmissionKey(request.idempotencyKey().value());
    }
}
