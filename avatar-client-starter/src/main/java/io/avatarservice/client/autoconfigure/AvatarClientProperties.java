package io.avatarservice.client.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the client calls providers and waits for a video, whoever renders it.
 *
 * @param pollInterval Time to wait before looking at a job again. Grows by half each time, up to the maximum.
 * @param maxPollInterval Longest time to wait before looking at a job again.
 * @param maxPollFailures Number of looks at a job that may fail in a row before the render is given up.
 * @param deadline Time that a render may take, from the submit to the finished video.
 * @param callTimeout Time that one call of a provider may take, whatever the provider's own limits are.
 * @param retry How calls are repeated at the same provider.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.client")
public record AvatarClientProperties(
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("2s") Duration maxPollInterval,
        @DefaultValue("5") int maxPollFailures,
        @DefaultValue("30m") Duration deadline,
        @DefaultValue("3m") Duration callTimeout,
        @DefaultValue Retry retry) {

    /** Checks the ranges. */
    public AvatarClientProperties {
        Limits.positive("avatar.client.poll-interval", pollInterval);
        Limits.positive("avatar.client.deadline", deadline);
        Limits.positive("avatar.client.call-timeout", callTimeout);
        Limits.notBelow("avatar.client.max-poll-interval", maxPollInterval, "poll-interval", pollInterval);
        Limits.notNegative("avatar.client.max-poll-failures", maxPollFailures);
    }

    /**
     * How calls are repeated at the same provider, where the failure allows it.
     *
     * @param maxRetries Number of times that a call may be repeated.
     * @param backoff Time around which the first pause lies. Doubles each time, up to the maximum.
     * @param maxBackoff Longest pause, unless a provider asks for a longer one.
     * @param budget Time after the start of the first call within which the last one may begin.
     * @since 0.1.0
     */
    public record Retry(
            @DefaultValue("2") int maxRetries,
            @DefaultValue("500ms") Duration backoff,
            @DefaultValue("10s") Duration maxBackoff,
            @DefaultValue("30s") Duration budget) {

        /** Checks the ranges. */
        public Retry {
            Limits.notNegative("avatar.client.retry.max-retries", maxRetries);
            Limits.positive("avatar.client.retry.backoff", backoff);
            Limits.notBelow("avatar.client.retry.max-backoff", maxBackoff, "backoff", backoff);
            Limits.positive("avatar.client.retry.budget", budget);
        }
    }
}
