package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Makes one attempt at a delivery, and writes down what came of it. */
final class WebhookAttempts {

    private static final Logger log = LoggerFactory.getLogger(WebhookAttempts.class);
    // For a delivery whose receiver has as many calls as it may have.
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final WebhookStore store;
    private final WebhookBody bodies;
    private final WebhookSecrets secrets;
    private final WebhookSender sender;
    private final RetrySchedule schedule;
    private final ReceiverSlots slots;
    private final WebhookMetrics metrics;
    private final Clock clock;

    WebhookAttempts(
            WebhookStore store,
            WebhookBody bodies,
            WebhookSecrets secrets,
            WebhookSender sender,
            RetrySchedule schedule,
            ReceiverSlots slots,
            WebhookMetrics metrics,
            Clock clock) {
        this.store = store;
        this.bodies = bodies;
        this.secrets = secrets;
        this.sender = sender;
        this.schedule = schedule;
        this.slots = slots;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Makes an attempt, if one is due. Blocks.
     *
     * @return when to come back; empty where nothing is left to do
     */
    Optional<Instant> run(WebhookTask task) {
        Optional<WebhookDelivery> due = store.find(task.job())
                .filter(delivery -> delivery.state() == WebhookState.PENDING && delivery.rounds() == task.round());
        if (due.isEmpty()) {
            return Optional.empty();
        }
        WebhookDelivery delivery = due.get();
        Instant now = clock.instant();
        if (delivery.nextAttemptAt() != null && delivery.nextAttemptAt().isAfter(now)) {
            return Optional.of(delivery.nextAttemptAt());
        }
        URI url = delivery.target().url();
        if (!slots.acquire(url)) {
            return Optional.of(now.plus(BUSY));
        }
        try {
            return attempt(delivery, now);
        } finally {
            slots.release(url);
        }
    }

    private Optional<Instant> attempt(WebhookDelivery delivery, Instant now) {
        Optional<WebhookAnswer> answer;
        try {
            Optional<byte[]> body = bodies.of(delivery.job(), delivery.target().server());
            if (body.isEmpty()) {
                return Optional.empty();
            }
            answer = send(delivery, body.get(), now);
        } catch (DataAccessException | TransactionException e) {
            throw e; // nothing can be written down either; the attempt is made again
        } catch (RuntimeException e) {
            log.warn("The webhook of job {} cannot be sent", delivery.job(), e);
            answer = Optional.of(WebhookAnswer.none("the server could not send the message; its log says why"));
        }
        // Where the server stops, nobody knows what the receiver has got: the attempt is made again.
        return answer.map(given -> record(delivery, given)).orElseGet(() -> Optional.of(now));
    }

    private Optional<WebhookAnswer> send(WebhookDelivery delivery, byte[] body, Instant now) {
        if (secrets.isEmpty()) {
            return Optional.of(WebhookAnswer.none("avatar.webhooks.secrets has no secret to sign with any more"));
        }
        long timestamp = now.getEpochSecond();
        String signatures = secrets.sign(delivery.messageId(), timestamp, body);
        return sender.send(
                new WebhookMessage(delivery.target().url(), delivery.messageId(), timestamp, signatures, body));
    }

    private Optional<Instant> record(WebhookDelivery delivery, WebhookAnswer answer) {
        WebhookDelivery next = delivery.attempted(answer, clock.instant(), schedule);
        if (!store.replace(delivery, next)) {
            // begun anew meanwhile, or made by another server that took this one for dead
            return Optional.empty();
        }
        metrics.attempted(next);
        report(next);
        return Optional.ofNullable(next.nextAttemptAt());
    }

    private static void report(WebhookDelivery delivery) {
        JobId job = delivery.job();
        switch (delivery.state()) {
            case DELIVERED -> log.debug("The webhook of job {} is delivered", job);
            case FAILED ->
                log.warn(
                        "The webhook of job {} has failed after {} attempts: {}",
                        job,
                        delivery.attempts(),
                        delivery.lastError());
            default ->
                log.info(
                        "The webhook of job {} is tried again at {}: {}",
                        job,
                        delivery.nextAttemptAt(),
                        delivery.lastError());
        }
    }
}
