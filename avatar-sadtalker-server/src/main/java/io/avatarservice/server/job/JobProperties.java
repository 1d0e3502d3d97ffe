package io.avatarservice.server.job;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are queued, rendered and remembered.
 *
 * @param queueCapacity Number of jobs that may wait; more are refused until a worker is free.
 * @param workers Number of renders that run at the same time.
 * @param renderTimeout Time after which a running job is stopped with an error.
 * @param shutdownTimeout Time that running jobs get to finish when the server stops.
 * @param progressInterval Shortest time between two progress updates of a job.
 * @param retention How long finished jobs and their videos are kept.
 */
@Validated
@ConfigurationProperties("avatar.jobs")
public record JobProperties(
        @DefaultValue("64") @Positive int queueCapacity,
        @DefaultValue("1") @Positive int workers,
        @DefaultValue("30m") Duration renderTimeout,
        @DefaultValue("20s") Duration shutdownTimeout,
        @DefaultValue("250ms") Duration progressInterval,
        @DefaultValue @Valid Retention retention) {

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
