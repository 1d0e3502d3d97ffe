package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.webhook.WebhookDelivery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The delivery of a webhook call as clients see it. */
@Schema(name = "Webhook")
@JsonNaming(SnakeCaseStrategy.class)
record WireWebhook(
        @Schema(description = "Name of the job") String jobId,

        @Schema(description = "Header webhook-id of every attempt", example = "msg_2f9f4a0c1d3b4e5f8a6b7c8d9e0f1a2b")
        String messageId,

        @Schema(
                description = "Scheme, host and port of webhook_url; the rest may be a secret",
                example = "https://orchestrator.example.com")
        String receiver,

        @Schema(
                description = "waiting until the job has ended",
                allowableValues = {"waiting", "pending", "delivered", "failed"})
        String state,

        @Schema(description = "Attempts made since the job ended, or since the last redelivery", minimum = "0")
        int attempts,

        @Schema(description = "When it was tried last", nullable = true) @Nullable Instant lastAttemptAt,

        @Schema(description = "HTTP status of the last answer, where there was one", nullable = true) @Nullable Integer lastStatus,

        @Schema(description = "Why the last attempt failed", nullable = true) @Nullable String lastError,

        @Schema(description = "When it is tried next", nullable = true) @Nullable Instant nextAttemptAt) {

    static WireWebhook of(WebhookDelivery delivery) {
        URI url = delivery.target().url();
        return new WireWebhook(
                delivery.job().value(),
                delivery.messageId(),
                url.getScheme() + "://" + url.getRawAuthority(),
                delivery.state().wireName(),
                delivery.attempts(),
                delivery.lastAttemptAt(),
                delivery.lastStatus(),
                delivery.lastError(),
                delivery.nextAttemptAt());
    }
}
