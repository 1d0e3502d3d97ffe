package io.avatarservice.server.api;

import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.Submission;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** Ties a job to the connection of the client that waits for it, in whichever order the two come and go. */
final class WaitingClient {

    private final JobService jobs;
    private boolean left;
    private @Nullable JobId job;

    WaitingClient(JobService jobs) {
        this.jobs = jobs;
    }

    /** The client's request became a job; one that another request had made is not the client's to give up. */
    synchronized void waitsFor(Submission submission) {
        if (submission.created()) {
            job = submission.view().job().id();
            abandonIfLeft();
        }
    }

    /** The client closed its connection. */
    synchronized void left() {
        left = true;
        abandonIfLeft();
    }

    private void abandonIfLeft() {
        JobId id = job;
        if (left && id != null) {
            Schedulers.boundedElastic().schedule(() -> jobs.abandon(id));
        }
    }
}
