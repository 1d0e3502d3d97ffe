package io.avatarservice.server.job;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are queued, rendered and remembered.
 *
 * @param queueCapacity Number of jobs that may wait, over all servers on one database; more are refused until a worker is
 *     free.
 * @param workers Number of renders that run at the same time on this server.
 * @param niceness How far renders give way on the processors to what answers calls, from 0 for not at all to 19; Linux only.
 * @param maxAttempts Number of times that a job is begun before it fails, where its server dies while it runs.
 * @param renderTimeout Time after which a running job is stopped with an error.
 * @param shutdownTimeout Time that running jobs get to finish when the server stops; then they are handed back to the
 *     queue.
 * @param progressInterval Time between two looks of a running job at the database, where it writes its progress and
 *     notices that it was cancelled elsewhere.
 * @param pollInterval Time between two looks into the queue for jobs that other servers accepted, and at jobs that are
 *     watched from here and run elsewhere.
 * @param sweepInterval Time between two sweeps for jobs and files that are kept no longer.
 * @param idempotencyRetention Shortest time that an idempotency key or an id chosen by a client is remembered.
 * @param heartbeat How servers notice that another one has died.
 * @param retention How long finished jobs and their videos are kept.
 */
@Validated
@ConfigurationProperties("avatar.jobs")
public record JobProperties(
        @DefaultValue("64") @Positive int queueCapacity,
        @DefaultValue("1") @Positive int workers,
        @DefaultValue("10") @PositiveOrZero @Max(19) int niceness,
        @DefaultValue("3") @Positive int maxAttempts,
        @DefaultValue("30m") Duration renderTimeout,
        @DefaultValue("20s") Duration shutdownTimeout,
        @DefaultValue("1s") Duration progressInterval,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("30s") Duration sweepInterval,
        @DefaultValue("24h") Duration idempotencyRetention,
        @DefaultValue @Valid Heartbeat heartbeat,
        @DefaultValue @Valid Retention retention) {

    /**
     * How servers notice that another one has died.
     *
     * @param interval Time between two signs of life of a running job.
     * @param missed Number of signs of life that fail to appear before another server takes the job over, from 4.
     */
    public record Heartbeat(
            @DefaultValue("10s") Duration interval,
            @DefaultValue("6") @Min(4) int missed) {}

    /**
     * How long finished jobs and their videos are kept.
     *
     * @param age Time after which a finished job is forgotten and its video deleted.
     * @param count Number of finished jobs kept; the oldest go first.
     */
    public record Retention(
            @DefaultValue("24h") Duration age,
            @DefaultValue("1000") @PositiveOrZero int count) {}
}
