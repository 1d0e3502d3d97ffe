package io.avatarservice.server.job;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The runs that this process has right now. Two may be of one job: one of them has lost it and does not know yet. */
final class RunningJobs {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Set<RunningJob> jobs = new HashSet<>();
    private boolean open = true;

    /** Adds a run; {@code false} where none may begin any more. */
    boolean add(RunningJob job) {
        lock.lock();
        try {
            return open && jobs.add(job);
        } finally {
            lock.unlock();
        }
    }

    void remove(RunningJob job) {
        lock.lock();
        try {
            jobs.remove(job);
            if (jobs.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int count() {
        return all().size();
    }

    /** Stops the render of a job, where it runs here. */
    void stop(JobId id) {
        all().stream().filter(job -> job.id().equals(id)).forEach(job -> job.stop(StopReason.ENDED));
    }

    void handBackAll() {
        all().forEach(job -> job.stop(StopReason.HAND_BACK));
    }

    void open() {
        setOpen(true);
    }

    /** Lets no run begin any more. */
    void close() {
        setOpen(false);
    }

    /** Waits until there is none; {@code false} where that takes longer. */
    boolean awaitNone(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!jobs.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
            return jobs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void setOpen(boolean value) {
        lock.lock();
        try {
            open = value;
        } finally {
            lock.unlock();
        }
    }

    private List<RunningJob> all() {
        lock.lock();
        try {
            return List.copyOf(jobs);
        } finally {
            lock.unlock();
        }
    }
}
