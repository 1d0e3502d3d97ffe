package io.avatarservice.server.job;

/**
 * The job that a submission key or id belongs to.
 *
 * @param id the job, which may have been forgotten since
 * @param fingerprint of the request that made it
 */
record JobHolder(JobId id, String fingerprint) {}
