package io.avatarservice.client.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the client waits for a video, whoever renders it.
 *
 * @param pollInterval Time to wait before looking at a job again. Grows by half each time, up to the maximum.
 * @param maxPollInterval Longest time to wait before looking at a job again.
 * @param maxPollFailures Number of looks at a job that may fail in a row before the render is given up.
 * @param deadline Time that a render may take, from the submit to the finished video.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.client")
public record AvatarClientProperties(
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("2s") Duration maxPollInterval,
        @DefaultValue("5") int maxPollFailures,
        @DefaultValue("30m") Duration deadline) {

    /** Checks the ranges. */
    public AvatarClientProperties {
        Limits.positive("avatar.client.poll-interval", pollInterval);
        Limits.positive("avatar.client.deadline", deadline);
        if (maxPollInterval.compareTo(pollInterval) < 0) {
            throw new IllegalArgumentException("avatar.client.max-poll-interval must not be below poll-interval, "
                    + pollInterval + ", but was " + maxPollInterval);
        }
        if (maxPollFailures < 0) {
            throw new IllegalArgumentException(
                    "avatar.client.max-poll-failures must not be negative, but was " + maxPollFailures);
        }
    }
}
