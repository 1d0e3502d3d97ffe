package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderCancelledException;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * One run of a job. It collects what the render reports and writes it down now and then, off the thread that renders: a
 * database that is slow or away holds up no frame. Each time it also sees whether the job is still its own, which ends
 * the render where another server cancelled the job or took it over.
 */
final class RunningJob implements RenderListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningJob.class);

    private static final ContextSnapshotFactory CONTEXT =
            ContextSnapshotFactory.builder().build();

    private final JobId id;
    private final Lease lease;
    private final JobLedger ledger;
    private final Scheduler scheduler;
    private final Disposable.Composite timers = Disposables.composite();
    private final Object writing = new Object();
    private volatile @Nullable StopReason stopped;
    private @Nullable Thread interruptible;
    private @Nullable UnaryOperator<Job> stages;
    private double progress;
    private double writtenProgress;
    private boolean databaseAway;
    private boolean finished;

    RunningJob(JobId id, Lease lease, JobLedger ledger, Scheduler scheduler) {
        this.id = id;
        this.lease = lease;
        this.ledger = ledger;
        this.scheduler = scheduler;
    }

    JobId id() {
        return id;
    }

    Lease lease() {
        return lease;
    }

    /** Begins to write down what is reported. */
    void beginWriting(Duration interval) {
        timers.add(scheduler.schedulePeriodically(
                inContext(this::write), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Does something when the time is over, if the run goes on then. */
    void after(Duration time, Runnable action) {
        timers.add(scheduler.schedule(inContext(action), Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS));
    }

    @Override
    public void stage(RenderStage stage) {
        Instant now = ledger.now();
        append(job -> job.stage() == stage ? job : job.entered(stage, now));
        scheduler.schedule(inContext(this::write));
    }

    @Override
    public synchronized void frames(int done, int total) {
        progress = (double) done / total;
    }

    @Override
    public boolean cancelled() {
        return stopped != null;
    }

    @Nullable StopReason stopped() {
        return stopped;
    }

    /**
     * Writes the end of the run, with all that was reported before it; nothing is written after it.
     *
     * @return the job, or empty where it was not this run's any more
     * @throws DataAccessException where the database does not take it; it may be tried again
     */
    Optional<Job> finish(UnaryOperator<Job> end) {
        synchronized (writing) {
            News news = takeNews();
            try {
                Optional<Job> written = ledger.change(id, lease, job -> end.apply(news.applyTo(job)));
                finished = true;
                return written;
            } catch (RuntimeException e) {
                putBack(news);
                throw e;
            }
        }
    }

    /** Tells the render to stop: at the next frame, or at once where it only waits for the network. The first reason counts. */
    synchronized void stop(StopReason reason) {
        if (stopped == null) {
            stopped = reason;
        }
        if (interruptible != null) {
            interruptible.interrupt();
        }
    }

    /**
     * Runs something that an interrupt may end. Native code is not run here: it would not notice, and the flag would
     * hit the next innocent wait. What is done in spite of an interrupt counts as done.
     *
     * @throws RenderCancelledException where the job was told to stop before it was done
     */
    <T> T interruptibly(Supplier<T> work) {
        try {
            allowInterrupt(Thread.currentThread());
            return work.get();
        } catch (RuntimeException e) {
            if (stopped != null) {
                throw new RenderCancelledException();
            }
            throw e;
        } finally {
            allowInterrupt(null);
        }
    }

    void checkStopped() {
        if (stopped != null) {
            throw new RenderCancelledException();
        }
    }

    @Override
    public void close() {
        timers.dispose();
    }

    /** What other threads log for the run belongs to its job and trace. */
    private static Runnable inContext(Runnable task) {
        return CONTEXT.captureAll().wrap(task);
    }

    private void write() {
        synchronized (writing) {
            if (finished || stopped != null) {
                return;
            }
            News news = takeNews();
            try {
                boolean held = news.none()
                        ? ledger.holds(id, lease)
                        : ledger.change(id, lease, news::applyTo).isPresent();
                databaseAway = false;
                if (!held) {
                    stop(StopReason.ENDED);
                }
            } catch (DataAccessException | TransactionException e) {
                putBack(news);
                if (!databaseAway) {
                    log.warn("The progress of job {} is not written: the database does not answer", id, e);
                }
                databaseAway = true;
            }
        }
    }

    private synchronized void append(UnaryOperator<Job> stage) {
        UnaryOperator<Job> before = stages;
        stages = before == null ? stage : job -> stage.apply(before.apply(job));
    }

    private synchronized News takeNews() {
        News news = new News(stages, progress, progress > writtenProgress);
        stages = null;
        writtenProgress = progress;
        return news;
    }

    private synchronized void putBack(News news) {
        UnaryOperator<Job> since = stages;
        stages = news.stages();
        if (since != null) {
            append(since);
        }
        if (news.advanced()) {
            writtenProgress = 0;
        }
    }

    private synchronized void allowInterrupt(@Nullable Thread thread) {
        interruptible = thread;
        if (thread == null) {
            // Whether or not the interrupt was noticed, it was for this section only.
            Thread.interrupted();
        } else {
            checkStopped();
        }
    }

    /** What was reported and is not written yet. */
    private record News(@Nullable UnaryOperator<Job> stages, double progress, boolean advanced) {

        boolean none() {
            return stages == null && !advanced;
        }

        Job applyTo(Job job) {
            return (stages == null ? job : stages.apply(job)).advanced(progress);
        }
    }
}
