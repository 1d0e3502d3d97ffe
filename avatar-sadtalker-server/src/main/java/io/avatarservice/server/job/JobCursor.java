package io.avatarservice.server.job;

import java.time.Instant;

/**
 * A place in the list of jobs: just after the job with this time and id. It stays valid when that job goes.
 *
 * @param createdAt when that job was accepted
 * @param id its id
 */
public record JobCursor(Instant createdAt, JobId id) {

    boolean isBefore(Job job) {
        int order = job.createdAt().compareTo(createdAt);
        return order < 0 || (order == 0 && job.id().compareTo(id) < 0);
    }
}
