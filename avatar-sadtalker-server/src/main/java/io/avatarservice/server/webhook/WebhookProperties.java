package io.avatarservice.server.webhook;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How clients are called when their jobs have ended.
 *
 * @param secrets Secrets that calls are signed with, as 'whsec_' and Base64 of 24 to 64 bytes; several while one replaces
 *     another. Requests with a webhook are refused when not set.
 * @param retryDelays Pauses between the attempts to deliver one call; after the attempt that follows the last, the delivery
 *     has failed.
 * @param connectTimeout Time to connect to a receiver.
 * @param timeout Time that a receiver has to answer, from the first attempt to connect.
 * @param concurrency Number of calls that this server makes at the same time.
 * @param concurrencyPerReceiver Number of those that go to the same host and port.
 */
@Validated
@ConfigurationProperties("avatar.webhooks")
public record WebhookProperties(
        @DefaultValue List<String> secrets,

        @DefaultValue({"5s", "30s", "2m", "10m", "30m", "1h", "2h", "5h", "10h"}) @NotEmpty List<Duration> retryDelays,

        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("16") @Positive int concurrency,
        @DefaultValue("4") @Positive int concurrencyPerReceiver) {

    public WebhookProperties {
        secrets = List.copyOf(secrets);
        retryDelays = List.copyOf(retryDelays);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WebhookProperties[secrets=" + secrets.size() + ", retryDelays=" + retryDelays + ", connectTimeout="
                + connectTimeout + ", timeout=" + timeout + ", concurrency=" + concurrency + ", concurrencyPerReceiver="
                + concurrencyPerReceiver + "]";
    }
}
