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
        return of(request.owner(), request.id(), request.idempotencyKey());
    }

    /** {@code null} where the submission is like no other. */
    static @Nullable SubmissionKey of(String owner, @Nullable JobId id, @Nullable IdempotencyKey key) {
        if (id != null) {
            return new SubmissionKey(owner, ID + id);
        }
        return key == null ? null : new SubmissionKey(owner, key.value());
    }

    /** Whether it is an id, and thereby taken whoever took it. */
    boolean isId() {
        return text.startsWith(ID);
    }
}
