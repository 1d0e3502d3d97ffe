package io.avatarservice.server.job;

/**
 * The job that a submission key or id belongs to.
 *
 * @param id the job, which may have been forgotten since
 * @param owner who submitted it; empty where that was not noted yet
 * @param fingerprint of the request that made it
 */
record JobHolder(JobId id, String owner, String fingerprint) {

    /** Whether the request is the one that made the job, sent again. */
    boolean madeBy(JobRequest request) {
        return fingerprint.equals(request.fingerprint()) && (owner.isEmpty() || owner.equals(request.owner()));
    }
}
