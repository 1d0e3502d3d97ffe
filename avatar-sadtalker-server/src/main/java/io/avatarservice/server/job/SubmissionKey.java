package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * What makes a submission the same as an earlier one: an idempotency key, of which each owner has their own, or the id
 * that the client chose, of which there is one for all.
 *
 * @param owner who submits
 * @param text as stored
 */
record SubmissionKey(String owner, String text) {

    // No idempotency key has a space, so that an id is never taken for one.
    private static final String ID = "id ";

    static @Nullable SubmissionKey of(JobRequest request) {
        if (request.id() != null) {
            return new SubmissionKey(request.owner(), ID + request.id());
        }
        return request.idempotencyKey() == null
                ? null
                : new SubmissionKey(request.owner(), request.idempotencyKey().value());
    }

    /** Whether it is an id, and thereby taken whoever took it. */
    boolean isId() {
        return text.startsWith(ID);
    }
}
