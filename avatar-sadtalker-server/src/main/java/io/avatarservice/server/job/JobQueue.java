package io.avatarservice.server.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The jobs that wait for a worker, in order of arrival. Carries ids only; the store has the rest. Thread-safe. */
public interface JobQueue {

    /** Appends a job; {@code false} where the queue is full. */
    boolean offer(JobId id);

    /**
     * Takes the first job.
     *
     * @param wait how long to wait for one
     */
    Optional<JobId> poll(Duration wait) throws InterruptedException;

    /** Takes a job out; {@code false} where it is not waiting. */
    boolean remove(JobId id);

    /** The waiting jobs, first to last. */
    List<JobId> waiting();

    int capacity();
}
