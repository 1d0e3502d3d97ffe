package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * All that the store keeps of a job.
 *
 * @param job the latest snapshot
 * @param spec what it renders
 * @param idempotencyKey the key it was submitted with
 * @param fingerprint of the request body
 */
public record JobRecord(Job job, JobSpec spec, @Nullable IdempotencyKey idempotencyKey, String fingerprint) {

    JobRecord withJob(Job next) {
        return new JobRecord(next, spec, idempotencyKey, fingerprint);
    }

    JobRecord withoutIdempotencyKey() {
        return new JobRecord(job, spec, null, fingerprint);
    }
}
