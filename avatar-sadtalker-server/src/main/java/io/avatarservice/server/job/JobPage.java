package io.avatarservice.server.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of jobs, newest first.
 *
 * @param jobs the jobs
 * @param next where the next page begins, or {@code null} after the last
 */
public record JobPage(List<JobView> jobs, @Nullable JobCursor next) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
