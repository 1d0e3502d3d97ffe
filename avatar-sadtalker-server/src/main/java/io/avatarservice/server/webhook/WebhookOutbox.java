package io.avatarservice.server.webhook;

import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobOutbox;
import io.avatarservice.server.job.JobWebhook;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes down which calls are due, in the transactions that make them due. */
final class WebhookOutbox implements JobOutbox {

    private final WebhookStore store;
    private final WebhookQueue queue;

    WebhookOutbox(WebhookStore store, WebhookQueue queue) {
        this.store = store;
        this.queue = queue;
    }

    @Override
    public void accepted(Job job, JobWebhook webhook) {
        store.insert(WebhookDelivery.waiting(job.id(), webhook));
    }

    @Override
    public void ended(Job job) {
        Instant end = Objects.requireNonNull(job.finishedAt());
        store.find(job.id())
                .filter(delivery -> delivery.state() == WebhookState.WAITING)
                .ifPresent(delivery -> begin(delivery, end));
    }

    @Override
    public void forgotten(JobId id) {
        store.find(id).ifPresent(delivery -> {
            queue.remove(WebhookTask.of(delivery));
            store.remove(id);
        });
    }

    /** Begins the delivery once more, whatever became of it before; empty where the job wants no call or has not ended. */
    Optional<WebhookDelivery> redeliver(JobId id, Instant now) {
        return store.lock(id)
                .filter(delivery -> delivery.state() != WebhookState.WAITING)
                .map(delivery -> {
                    queue.remove(WebhookTask.of(delivery));
                    return begin(delivery, now);
                });
    }

    private WebhookDelivery begin(WebhookDelivery delivery, Instant now) {
        WebhookDelivery begun = delivery.begun(now);
        if (!store.replace(delivery, begun)) {
            throw new IllegalStateException("the delivery for job " + delivery.job() + " changed under a lock");
        }
        queue.add(WebhookTask.of(begun), now);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                queue.wake();
            }
        });
        return begun;
    }
}
