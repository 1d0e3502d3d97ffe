package io.avatarservice.server.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** What operators see of the jobs. Ids are never tags. */
final class JobMetrics {

    private final MeterRegistry registry;

    JobMetrics(MeterRegistry registry, JobQueue queue, RunningJobs running) {
        this.registry = registry;
        Gauge.builder("avatar.jobs.queued", queue, waiting -> waiting.waiting().size())
                .description("Jobs that wait for a worker")
                .register(registry);
        Gauge.builder("avatar.jobs.queue.capacity", queue, JobQueue::capacity)
                .description("Jobs that may wait")
                .register(registry);
        Gauge.builder("avatar.jobs.running", running, RunningJobs::count)
                .description("Jobs that a worker renders")
                .register(registry);
    }

    void finished(Job job) {
        String outcome = job.error() == null
                ? job.status().wireName()
                : job.error().code().name();
        Instant finishedAt = job.finishedAt();
        if (finishedAt == null) {
            return;
        }
        Timer.builder("avatar.jobs.duration")
                .description("Time from the acceptance of a job to its end")
                .tag("driver", job.driver())
                .tag("outcome", outcome)
                .register(registry)
                .record(Duration.between(job.createdAt(), finishedAt));
        if (job.queuedTime() != null) {
            Timer.builder("avatar.jobs.wait")
                    .description("Time that a job waited for a worker")
                    .tag("driver", job.driver())
                    .register(registry)
                    .record(job.queuedTime());
        }
        job.stageTimes()
                .forEach((stage, time) -> Timer.builder("avatar.jobs.stage")
                        .description("Time that a job spent in one stage")
                        .tag("driver", job.driver())
                        .tag("stage", stage.wireName())
                        .register(registry)
                        .record(time));
    }
}
