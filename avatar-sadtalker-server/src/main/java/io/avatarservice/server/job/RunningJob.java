package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderCancelledException;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One job on its worker: passes on what the render reports and tells it when to stop. */
final class RunningJob implements RenderListener {

    private final JobId id;
    private final JobLedger ledger;
    private final Duration progressInterval;
    private volatile boolean stopped;
    private @Nullable Thread interruptible;
    // Frames are reported by one thread.
    private Instant progressSince = Instant.MIN;

    RunningJob(JobId id, JobLedger ledger, Duration progressInterval) {
        this.id = id;
        this.ledger = ledger;
        this.progressInterval = progressInterval;
    }

    @Override
    public void stage(RenderStage stage) {
        ledger.change(id, job -> job.stage() == stage ? job : job.entered(stage, ledger.now()));
    }

    @Override
    public void frames(int done, int total) {
        Instant now = ledger.now();
        if (done == total || progressSince.plus(progressInterval).isBefore(now)) {
            progressSince = now;
            ledger.change(id, job -> job.advanced((double) done / total));
        }
    }

    @Override
    public boolean cancelled() {
        return stopped;
    }

    /** Tells the render to stop: at the next frame, or at once where it only waits for the network. */
    synchronized void stop() {
        stopped = true;
        if (interruptible != null) {
            interruptible.interrupt();
        }
    }

    /**
     * Runs something that an interrupt may end. Native code is not run here: it would not notice, and the flag would
     * hit the next innocent wait.
     *
     * @throws RenderCancelledException where the job was told to stop
     */
    void interruptibly(Runnable work) {
        try {
            allowInterrupt(Thread.currentThread());
            work.run();
        } catch (RuntimeException e) {
            if (stopped) {
                throw new RenderCancelledException();
            }
            throw e;
        } finally {
            allowInterrupt(null);
        }
        checkStopped();
    }

    void checkStopped() {
        if (stopped) {
            throw new RenderCancelledException();
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
}
