package io.avatarservice.server.webhook;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.avatarservice.server.job.JobNode;
import io.avatarservice.server.job.JobProperties;
import io.avatarservice.server.job.NodeScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import reactor.core.Disposable;

/**
 * db-scheduler, which gives each delivery that is due to one thread of one server, and those of servers that died to others.
 * Its threads are not those that render.
 */
final class WebhookDispatcher {

    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);
    // Calls that go on get half of it, and are broken off then; no thread is interrupted before the end.
    private static final Duration STOPPING = Duration.ofSeconds(6);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final WebhookAttempts attempts;
    private final WebhookSender sender;
    private final reactor.core.scheduler.Scheduler timer;
    private final Scheduler scheduler;

    WebhookDispatcher(
            WebhookAttempts attempts,
            WebhookSender sender,
            reactor.core.scheduler.Scheduler timer,
            JobNode node,
            DataSource database,
            WebhookProperties properties,
            JobProperties jobs,
            Clock clock) {
        this.attempts = attempts;
        this.sender = sender;
        this.timer = timer;
        this.scheduler = NodeScheduler.builder(
                        database,
                        task(),
                        WebhookQueue.TABLE,
                        new CustomizableThreadFactory("webhook-"),
                        properties.concurrency(),
                        node,
                        jobs)
                .clock(clock::instant)
                .shutdownMaxWait(STOPPING)
                .build();
    }

    void start() {
        scheduler.start();
    }

    /** Looks for due deliveries now. */
    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    void stop() {
        Disposable breakOff = timer.schedule(sender::stop, STOPPING.dividedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        scheduler.stop();
        breakOff.dispose();
    }

    private CustomTask<Void> task() {
        return Tasks.custom(WebhookQueue.DELIVER)
                .onDeadExecutionRevive()
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .execute((instance, context) -> run(instance));
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance) {
        Optional<Instant> next = attempts.run(WebhookTask.parse(instance.getId()));
        return (complete, operations) -> {
            try {
                if (next.isPresent()) {
                    operations.reschedule(complete, next.get());
                } else {
                    operations.stop();
                }
            } catch (ExecutionException e) {
                log.info("Delivery {} has gone to another server meanwhile", instance.getId());
            }
        };
    }
}
