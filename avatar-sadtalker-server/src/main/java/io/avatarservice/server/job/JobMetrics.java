package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderStage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What operators see of the jobs. Ids are never tags. */
final class JobMetrics {

    private final MeterRegistry registry;

    JobMetrics(MeterRegistry registry, JobLoads loads, RunningJobs running, JobProperties properties, Clock clock) {
        this.registry = registry;
        Gauge.builder("avatar.jobs.queued", () -> loads.queue().waiting())
                .description("Jobs that wait for a worker, over all servers on one database")
                .register(registry);
        Gauge.builder("avatar.jobs.queue.age", () -> age(loads.queue(), clock.instant()))
                .description("Time since the acceptance of the job that has waited longest")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("avatar.jobs.queue.capacity", properties::queueCapacity)
                .description("Jobs that may wait, over all servers on one database")
                .register(registry);
        Gauge.builder("avatar.jobs.running", running, RunningJobs::count)
                .description("Jobs that a worker of this server renders")
                .register(registry);
        Gauge.builder("avatar.jobs.workers", properties::workers)
                .description("Jobs that this server can render at a time")
                .register(registry);
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
        failed(job);
        rendered(job);
    }

    private void failed(Job job) {
        if (job.error() != null) {
            Counter.builder("avatar.jobs.failures")
                    .description("Jobs that ended in error, by the code of the problem")
                    .tag("driver", job.driver())
                    .tag("code", job.error().code().name())
                    .register(registry)
                    .increment();
        }
    }

    private void rendered(Job job) {
        Duration rendering = job.stageTimes().get(RenderStage.RENDERING);
        if (job.result() == null || rendering == null || rendering.isZero()) {
            return;
        }
        int frames = job.result().format().frameCount();
        Counter.builder("avatar.jobs.frames")
                .description("Frames of finished videos")
                .tag("driver", job.driver())
                .register(registry)
                .increment(frames);
        DistributionSummary.builder("avatar.jobs.frame.rate")
                .description("Frames of a video for each second of its rendering stage")
                .tag("driver", job.driver())
                .register(registry)
                .record(frames / (rendering.toNanos() / 1e9));
    }
}
