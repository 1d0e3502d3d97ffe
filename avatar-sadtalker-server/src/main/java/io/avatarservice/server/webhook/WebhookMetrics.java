package io.avatarservice.server.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What operators see of the deliveries. Receivers and ids are never tags. */
final class WebhookMetrics {

    private final MeterRegistry registry;

    private volatile PendingWebhooks pending = PendingWebhooks.NONE;

    WebhookMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        Gauge.builder("avatar.webhooks.pending", () -> pending.count())
                .description("Webhook calls that are due or tried again, over all servers on one database")
                .register(registry);
        Gauge.builder("avatar.webhooks.pending.age", () -> age(pending, clock.instant()))
                .description("Time since the oldest of them was due first")
                .baseUnit("seconds")
                .register(registry);
    }

    void pending(PendingWebhooks state) {
        pending = state;
    }

    void attempted(WebhookDelivery delivery) {
        String outcome = delivery.state() == WebhookState.PENDING
                ? "retried"
                : delivery.state().wireName();
        Counter.builder("avatar.webhooks.deliveries")
                .description("Attempts to deliver webhook calls, by what came of them")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    private static double age(PendingWebhooks pending, Instant now) {
        return pending.oldest() == null
                ? 0
                : Math.max(0, Duration.between(pending.oldest(), now).toMillis() / 1e3);
    }
}
