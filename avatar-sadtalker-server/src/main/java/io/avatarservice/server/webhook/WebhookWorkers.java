package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobNode;
import io.avatarservice.server.job.JobProperties;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Starts and stops what makes calls. It stops after the workers of jobs, so that it sees the last of their ends. */
final class WebhookWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WebhookWorkers.class);

    private final WebhookStore store;
    private final WebhookQueue queue;
    private final WebhookMetrics metrics;
    private final JobNode node;
    private final Supplier<WebhookDispatcher> dispatchers;
    private final Scheduler timer;
    private final JobProperties jobs;
    private final Disposable.Swap housekeeping = Disposables.swap();
    private volatile @Nullable WebhookDispatcher dispatcher;

    /** @param dispatchers make one for each start */
    WebhookWorkers(
            WebhookStore store,
            WebhookQueue queue,
            WebhookMetrics metrics,
            JobNode node,
            Supplier<WebhookDispatcher> dispatchers,
            Scheduler timer,
            JobProperties jobs) {
        this.store = store;
        this.queue = queue;
        this.metrics = metrics;
        this.node = node;
        this.dispatchers = dispatchers;
        this.timer = timer;
        this.jobs = jobs;
    }

    @Override
    public synchronized void start() {
        if (dispatcher != null) {
            return;
        }
        if (node.alone()) {
            // What a former life of this server had is due again.
            queue.giveUp(node.name());
        }
        WebhookDispatcher starting = dispatchers.get();
        queue.onWake(starting::wake);
        starting.start();
        long millis = Math.max(1, jobs.pollInterval().toMillis());
        housekeeping.update(timer.schedulePeriodically(this::look, millis, millis, TimeUnit.MILLISECONDS));
        dispatcher = starting;
    }

    @Override
    public synchronized void stop() {
        WebhookDispatcher stopping = dispatcher;
        if (stopping == null) {
            return;
        }
        dispatcher = null;
        queue.onWake(() -> {});
        housekeeping.update(Disposables.disposed());
        stopping.stop();
    }

    @Override
    public boolean isRunning() {
        return dispatcher != null;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void look() {
        try {
            metrics.pending(store.pending());
        } catch (DataAccessException | TransactionException e) {
            log.debug("The database does not answer", e);
        }
    }
}
