package io.avatarservice.server.api;

import io.avatarservice.server.job.JobStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** What a webhook call tells. */
@Schema(name = "WebhookMessage")
record WireWebhookMessage(
        @Schema(allowableValues = {"job.completed", "job.failed", "job.cancelled"})
        String type,

        @Schema(description = "When the job ended") Instant timestamp,

        @Schema(description = "The job") WireJob data) {

    static String type(JobStatus status) {
        return switch (status) {
            case COMPLETED -> "job.completed";
            case ERROR -> "job.failed";
            case CANCELLED -> "job.cancelled";
            case QUEUED, RUNNING -> throw new IllegalArgumentException("the job has not ended");
        };
    }
}
