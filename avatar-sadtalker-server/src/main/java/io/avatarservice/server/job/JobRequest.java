package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * A checked submission.
 *
 * @param id the id that the client chose, or {@code null} for a fresh one
 * @param idempotencyKey the client's key, where it sent one
 * @param fingerprint equal for equal request bodies
 * @param spec what to render
 * @param terms what the client asks of the queue
 */
public record JobRequest(
        @Nullable JobId id, @Nullable IdempotencyKey idempotencyKey, String fingerprint, JobSpec spec, JobTerms terms) {

    JobRequest withSpec(JobSpec other) {
        return new JobRequest(id, idempotencyKey, fingerprint, other, terms);
    }
}
