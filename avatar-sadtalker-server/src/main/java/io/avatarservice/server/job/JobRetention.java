package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.VideoStore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets finished jobs in time, and their videos with them. */
final class JobRetention {

    private static final Logger log = LoggerFactory.getLogger(JobRetention.class);

    private final JobLedger ledger;
    private final VideoStore videos;
    private final JobProperties.Retention limits;

    JobRetention(JobLedger ledger, VideoStore videos, JobProperties.Retention limits) {
        this.ledger = ledger;
        this.videos = videos;
        this.limits = limits;
    }

    @Scheduled(fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void sweep() {
        for (Job job : ledger.removeFinished(ledger.now().minus(limits.age()), limits.count())) {
            JobResult result = job.result();
            if (result != null) {
                delete(job.id(), result);
            }
        }
    }

    private void delete(JobId id, JobResult result) {
        try {
            videos.delete(result.video().key());
        } catch (ProblemException e) {
            log.warn("The video of the forgotten job {} stays behind", id, e);
        }
    }
}
