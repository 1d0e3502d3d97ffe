package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderStage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One job at one moment. Immutable: every change makes another snapshot.
 *
 * @param id its name
 * @param status its state
 * @param driver name of the driver that renders it
 * @param terms what the client asks of the queue
 * @param stage what a running job is doing; {@code null} otherwise
 * @param stageSince when it entered the stage
 * @param progress part of the frames that are encoded, 0..1
 * @param createdAt when it was accepted
 * @param startedAt when a worker took it
 * @param finishedAt when it reached a final state
 * @param result what it made, once completed
 * @param error why it failed, in state {@code ERROR}
 * @param stageTimes wall-clock time spent in each stage that it has left
 * @param shared whether a second request was attached to it by an idempotency key or id
 * @param runs how often it was begun
 * @param version counts its changes from 1
 */
public record Job(
        JobId id,
        JobStatus status,
        String driver,
        JobTerms terms,
        @Nullable RenderStage stage,
        @Nullable Instant stageSince,
        double progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable JobResult result,
        @Nullable JobError error,
        Map<RenderStage, Duration> stageTimes,
        boolean shared,
        JobRuns runs,
        long version) {

    public Job {
        stageTimes = Map.copyOf(stageTimes);
    }

    static Job queued(JobId id, String driver, JobTerms terms, Instant now) {
        return new Job(
                id,
                JobStatus.QUEUED,
                driver,
                terms,
                null,
                null,
                0,
                now,
                null,
                null,
                null,
                null,
                Map.of(),
                false,
                JobRuns.NONE,
                1);
    }

    /** How long it waited for a worker; {@code null} while it waits. */
    public @Nullable Duration queuedTime() {
        Instant end = startedAt != null ? startedAt : finishedAt;
        return end == null ? null : Duration.between(createdAt, end);
    }

    /** Whether the run with this lease goes on. */
    boolean heldBy(Lease lease) {
        return status == JobStatus.RUNNING && lease.equals(runs.lease());
    }

    Job started(Lease lease, Instant now) {
        return with(next -> {
            next.begin(JobStatus.RUNNING, now);
            next.runs = runs.begun(lease);
        });
    }

    /** Its run broke off: it waits again. */
    Job requeued() {
        return with(next -> next.begin(JobStatus.QUEUED, null));
    }

    /** Its run gave it back: it waits again, as if that run had not been. */
    Job handedBack() {
        return with(next -> {
            next.begin(JobStatus.QUEUED, null);
            next.runs = runs.handedBack();
        });
    }

    Job entered(RenderStage newStage, Instant now) {
        return with(next -> {
            next.stageTimes = timesAt(now);
            next.stage = newStage;
            next.stageSince = now;
        });
    }

    Job advanced(double newProgress) {
        return with(next -> next.progress = Math.max(progress, newProgress));
    }

    Job completed(JobResult newResult, Instant now) {
        return with(next -> {
            next.finish(JobStatus.COMPLETED, timesAt(now), now);
            next.progress = 1;
            next.result = newResult;
        });
    }

    Job failed(JobError newError, Instant now) {
        return with(next -> {
            next.finish(JobStatus.ERROR, timesAt(now), now);
            next.error = newError;
        });
    }

    Job cancelled(Instant now) {
        return with(next -> next.finish(JobStatus.CANCELLED, timesAt(now), now));
    }

    Job withVersion(long next) {
        return with(job -> job.version = next);
    }

    private Map<RenderStage, Duration> timesAt(Instant now) {
        if (stage == null || stageSince == null) {
            return stageTimes;
        }
        Map<RenderStage, Duration> times = new EnumMap<>(RenderStage.class);
        times.putAll(stageTimes);
        times.merge(stage, Duration.between(stageSince, now), Duration::plus);
        return times;
    }

    private Job with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** The parts that change. */
    private static final class Draft {

        private final Job origin;
        private JobStatus status;
        private @Nullable RenderStage stage;
        private @Nullable Instant stageSince;
        private double progress;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private @Nullable JobResult result;
        private @Nullable JobError error;
        private Map<RenderStage, Duration> stageTimes;
        private JobRuns runs;
        private long version;

        Draft(Job origin) {
            this.origin = origin;
            this.status = origin.status;
            this.stage = origin.stage;
            this.stageSince = origin.stageSince;
            this.progress = origin.progress;
            this.startedAt = origin.startedAt;
            this.finishedAt = origin.finishedAt;
            this.result = origin.result;
            this.error = origin.error;
            this.stageTimes = origin.stageTimes;
            this.runs = origin.runs;
            this.version = origin.version;
        }

        void begin(JobStatus newStatus, @Nullable Instant start) {
            status = newStatus;
            stage = null;
            stageSince = null;
            progress = 0;
            startedAt = start;
            stageTimes = Map.of();
        }

        void finish(JobStatus end, Map<RenderStage, Duration> times, Instant now) {
            status = end;
            stage = null;
            stageSince = null;
            stageTimes = times;
            finishedAt = now;
        }

        Job build() {
            return new Job(
                    origin.id,
                    status,
                    origin.driver,
                    origin.terms,
                    stage,
                    stageSince,
                    progress,
                    origin.createdAt,
                    startedAt,
                    finishedAt,
                    result,
                    error,
                    stageTimes,
                    origin.shared,
                    runs,
                    version);
        }
    }
}
