package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The call about the end of one job, at one moment. Immutable: every change makes another snapshot.
 *
 * @param job which job's
 * @param messageId names the message, however often it is sent
 * @param target where it goes
 * @param state what has become of it
 * @param rounds how often it was begun: once, and once more for each redelivery
 * @param attempts made in this round
 * @param pendingSince when this round began; {@code null} while the job has not ended
 * @param nextAttemptAt when it is tried next; {@code null} unless it is pending
 * @param lastAttemptAt when it was tried last
 * @param lastStatus HTTP status of the last answer, where there was one
 * @param lastError why the last attempt failed, where it did; contains no part of the URL
 */
public record WebhookDelivery(
        JobId job,
        String messageId,
        JobWebhook target,
        WebhookState state,
        int rounds,
        int attempts,
        @Nullable Instant pendingSince,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError) {

    /** Waits for the end of its job. */
    static WebhookDelivery waiting(JobId job, JobWebhook target) {
        String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
        return new WebhookDelivery(job, id, target, WebhookState.WAITING, 0, 0, null, null, null, null, null);
    }

    /** Is due: the job has ended, or somebody wants it once more. */
    WebhookDelivery begun(Instant now) {
        return new WebhookDelivery(
                job,
                messageId,
                target,
                WebhookState.PENDING,
                rounds + 1,
                0,
                now,
                now,
                lastAttemptAt,
                lastStatus,
                lastError);
    }

    /** Was tried. */
    WebhookDelivery attempted(WebhookAnswer answer, Instant now, RetrySchedule schedule) {
        Optional<Duration> pause = answer.accepted() || answer.gone()
                ? Optional.empty()
                : schedule.after(attempts + 1, answer.retryAfter());
        WebhookState next = answer.accepted()
                ? WebhookState.DELIVERED
                : pause.isPresent() ? WebhookState.PENDING : WebhookState.FAILED;
        return new WebhookDelivery(
                job,
                messageId,
                target,
                next,
                rounds,
                attempts + 1,
                pendingSince,
                pause.map(now::plus).orElse(null),
                now,
                answer.status(),
                answer.error());
    }
}
