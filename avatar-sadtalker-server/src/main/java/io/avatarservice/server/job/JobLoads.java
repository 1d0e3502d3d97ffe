package io.avatarservice.server.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How much there is to do, as this server saw it last. Thread-safe; asks nobody. */
final class JobLoads {

    // Longer than a connection may take, so that a slow answer is not taken for none.
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(10);

    private final RunningJobs running;
    private final JobProperties properties;
    private final Clock clock;
    private volatile Look last;

    JobLoads(RunningJobs running, JobProperties properties, Clock clock) {
        this.running = running;
        this.properties = properties;
        this.clock = clock;
        this.last = new Look(QueueState.EMPTY, clock.instant());
    }

    /** Takes the queue as the database just told it. */
    void saw(QueueState queue) {
        last = new Look(queue, clock.instant());
    }

    /** The queue as of the last look. */
    QueueState queue() {
        return last.queue();
    }

    JobLoad load(JobLoad.Phase phase) {
        Look look = last;
        Instant expected = look.at().plus(properties.pollInterval()).plus(DATABASE_PATIENCE);
        return new JobLoad(
                phase,
                look.queue().waiting(),
                properties.queueCapacity(),
                running.count(),
                properties.workers(),
                look.at(),
                clock.instant().isAfter(expected));
    }

    private record Look(QueueState queue, Instant at) {}
}
