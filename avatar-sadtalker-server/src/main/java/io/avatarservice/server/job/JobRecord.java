package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * All that is stored of a new job.
 *
 * @param owner who submitted it
 * @param job its first snapshot
 * @param spec what it renders
 * @param key names the submission, where it has a name
 * @param fingerprint of the request body
 */
record JobRecord(
        String owner, Job job, JobSpec spec, @Nullable SubmissionKey key, String fingerprint) {}
