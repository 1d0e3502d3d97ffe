package io.avatarservice.server.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The jobs that this process renders right now. */
final class RunningJobs {

    private final Map<JobId, RunningJob> jobs = new ConcurrentHashMap<>();

    void add(JobId id, RunningJob job) {
        jobs.put(id, job);
    }

    void remove(JobId id) {
        jobs.remove(id);
    }

    int count() {
        return jobs.size();
    }

    Iterable<JobId> ids() {
        return jobs.keySet();
    }

    /** Stops the render of a job, where it runs here. */
    void stop(JobId id) {
        @Nullable RunningJob job = jobs.get(id);
        if (job != null) {
            job.stop();
        }
    }
}
