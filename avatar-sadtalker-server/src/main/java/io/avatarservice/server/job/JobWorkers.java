package io.avatarservice.server.job;

import java.time.Duration;
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

/**
 * Starts and stops what works on jobs. It stops before the web server does: those who wait for a job still get its end as
 * their answer.
 */
final class JobWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);
    // What a render may need from the moment it is told to stop: one frame, and clearing up.
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final JobService service;
    private final JobLedger ledger;
    private final JobQueue queue;
    private final RunningJobs running;
    private final JobSweep sweep;
    private final JobNode node;
    private final Supplier<JobDispatcher> dispatchers;
    private final Scheduler timer;
    private final JobProperties properties;
    private final Disposable.Swap housekeeping = Disposables.swap();
    private volatile @Nullable JobDispatcher dispatcher;

    /** @param dispatchers make one for each start */
    JobWorkers(
            JobService service,
            JobLedger ledger,
            JobQueue queue,
            RunningJobs running,
            JobSweep sweep,
            JobNode node,
            Supplier<JobDispatcher> dispatchers,
            Scheduler timer,
            JobProperties properties) {
        this.service = service;
        this.ledger = ledger;
        this.queue = queue;
        this.running = running;
        this.sweep = sweep;
        this.node = node;
        this.dispatchers = dispatchers;
        this.timer = timer;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (dispatcher != null) {
            return;
        }
        ledger.recover(node);
        sweep.sweep();
        JobDispatcher starting = dispatchers.get();
        running.open();
        queue.onWake(starting::wake);
        starting.start();
        housekeeping.update(Disposables.composite(
                periodically(this::look, properties.pollInterval()),
                periodically(sweep::sweep, properties.sweepInterval())));
        dispatcher = starting;
        look(); // the first answer of the database, before anybody asks how old the last is
        service.open();
    }

    @Override
    public synchronized void stop() {
        JobDispatcher stopping = dispatcher;
        if (stopping == null) {
            return;
        }
        dispatcher = null;
        service.close();
        running.close();
        queue.onWake(() -> {});
        stopping.pause();
        try {
            if (!running.awaitNone(properties.shutdownTimeout())) {
                running.handBackAll();
                if (!running.awaitNone(STOPPING)) {
                    log.warn("A render does not stop; the process ends without it, and the job is rendered again");
                }
            }
        } catch (InterruptedException e) {
            running.handBackAll();
            Thread.currentThread().interrupt();
        }
        stopping.stop();
        housekeeping.update(Disposables.disposed());
        service.endWatches();
    }

    @Override
    public boolean isRunning() {
        return dispatcher != null;
    }

    private void look() {
        try {
            ledger.endOverdue();
            ledger.look();
        } catch (DataAccessException | TransactionException e) {
            log.debug("The database does not answer", e);
        }
    }

    private Disposable periodically(Runnable task, Duration interval) {
        long millis = Math.max(1, interval.toMillis());
        return timer.schedulePeriodically(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** One failure must not end all that comes after it. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("Housekeeping failed, and goes on", e);
            }
        };
    }
}
