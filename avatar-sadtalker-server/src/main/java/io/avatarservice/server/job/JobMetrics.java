package io.avatarservice.server.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What operators see of the jobs. Ids are never tags. */
final class JobMetrics {

    private final MeterRegistry registry;

    private volatile QueueState queue = QueueState.EMPTY;

    JobMetrics(MeterRegistry registry, RunningJobs running, int capacity, Clock clock) {
        this.registry = registry;
        Gauge.builder("avatar.jobs.queued", () -> queue.waiting())
                .description("Jobs that wait for a worker, over all servers on one database")
                .register(registry);
        Gauge.builder("avatar.jobs.queue.age", () -> age(queue, clock.instant()))
                .description("Time since the acceptance of the job that has waited longest")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("avatar.jobs.queue.capacity", () -> capacity)
                .description("Jobs that may wait, over all servers on one database")
                .register(registry);
        Gauge.builder("avatar.jobs.running", running, RunningJobs::count)
                .description("Jobs that a worker of this server renders")
                .register(registry);
    }

    void queue(QueueState state) {
        queue = state;
    }

    private static double age(QueueState queue, Instant now) {
        return queue.oldest() == null
                ? 0
                : Math.max(0, Duration.between(queue.oldest(), now).toMillis() / 1e3);
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
