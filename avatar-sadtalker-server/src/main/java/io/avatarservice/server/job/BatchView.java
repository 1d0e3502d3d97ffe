package io.avatarservice.server.job;

import java.util.Map;

/**
 * A batch as callers see it.
 *
 * @param batch the batch
 * @param jobs its jobs by id; those that are kept no longer are left out
 */
public record BatchView(Batch batch, Map<JobId, JobView> jobs) {

    public BatchView {
        jobs = Map.copyOf(jobs);
    }
}
