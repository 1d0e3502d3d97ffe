package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * A checked submission.
 *
 * @param owner who submits; nobody else's idempotency keys count
 * @param id the id that the client chose, or {@code null} for a fresh one
 * @param idempotencyKey the client's key, where it sent one
 * @param fingerprint equal for equal request bodies
 * @param spec what to render
 * @param terms what the client asks of the queue
 * @param webhook where the client wants to be called, or {@code null}
 */
public record JobRequest(
        String owner,
        @Nullable JobId id,
        @Nullable IdempotencyKey idempotencyKey,
        String fingerprint,
        JobSpec spec,
        JobTerms terms,
        @Nullable JobWebhook webhook) {

    JobRequest withSpec(JobSpec other) {
        return new JobRequest(owner, id, idempotencyKey, fingerprint, other, terms, webhook);
    }
}
