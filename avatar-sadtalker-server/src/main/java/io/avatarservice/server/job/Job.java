package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderStage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job at one moment. Immutable: every change makes another snapshot.
 *
 * @param id its name
 * @param status its state
 * @param driver name of the driver that renders it
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
 */
public record Job(
        JobId id,
        JobStatus status,
        String driver,
        @Nullable RenderStage stage,
        @Nullable Instant stageSince,
        double progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable JobResult result,
        @Nullable JobError error,
        Map<RenderStage, Duration> stageTimes,
        boolean shared) {

    public Job {
        stageTimes = Map.copyOf(stageTimes);
    }

    static Job queued(JobId id, String driver, Instant now) {
        return new Job(id, JobStatus.QUEUED, driver, null, null, 0, now, null, null, null, null, Map.of(), false);
    }

    /** How long it waited for a worker; {@code null} while it waits. */
    public @Nullable Duration queuedTime() {
        Instant end = startedAt != null ? startedAt : finishedAt;
        return end == null ? null : Duration.between(createdAt, end);
    }

    Job started(Instant now) {
        return new Job(
                id, JobStatus.RUNNING, driver, null, null, 0, createdAt, now, null, null, null, Map.of(), shared);
    }

    Job entered(RenderStage next, Instant now) {
        return new Job(
                id, status, driver, next, now, progress, createdAt, startedAt, null, null, null, timesAt(now), shared);
    }

    Job advanced(double newProgress) {
        return new Job(
                id,
                status,
                driver,
                stage,
                stageSince,
                Math.max(progress, newProgress),
                createdAt,
                startedAt,
                null,
                null,
                null,
                stageTimes,
                shared);
    }

    Job completed(JobResult newResult, Instant now) {
        return finished(JobStatus.COMPLETED, 1, newResult, null, now);
    }

    Job failed(JobError newError, Instant now) {
        return finished(JobStatus.ERROR, progress, null, newError, now);
    }

    Job cancelled(Instant now) {
        return finished(JobStatus.CANCELLED, progress, null, null, now);
    }

    Job asShared() {
        return new Job(
                id,
                status,
                driver,
                stage,
                stageSince,
                progress,
                createdAt,
                startedAt,
                finishedAt,
                result,
                error,
                stageTimes,
                true);
    }

    private Job finished(
            JobStatus end,
            double newProgress,
            @Nullable JobResult newResult,
            @Nullable JobError newError,
            Instant now) {
        return new Job(
                id,
                end,
                driver,
                null,
                null,
                newProgress,
                createdAt,
                startedAt,
                now,
                newResult,
                newError,
                timesAt(now),
                shared);
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
}
