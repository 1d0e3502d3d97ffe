package io.avatarservice.server.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The truth about jobs. Thread-safe. */
public interface JobStore {

    /**
     * Adds a job, unless its id or idempotency key is taken.
     *
     * @return the record that was there before, by key and then by id; empty where the job was added
     */
    Optional<JobRecord> insert(JobRecord job);

    /** Removes a job whatever its state, for an insertion that is taken back. */
    void remove(JobId id);

    Optional<JobRecord> find(JobId id);

    /**
     * Changes a job, if it is still in the state that the caller believes it in.
     *
     * @param change from the current snapshot to the next; has no side effect, as it may be called again
     * @return the next snapshot, or empty where there is no such job or its state is another
     */
    Optional<Job> transition(JobId id, JobStatus from, UnaryOperator<Job> change);

    /** Notes that a second request was attached to the job. */
    void share(JobId id);

    /** Frees the job's idempotency key for another submission. */
    void releaseIdempotencyKey(JobId id);

    /**
     * Jobs by time of acceptance, newest first.
     *
     * @param status only jobs in this state, or {@code null} for all
     * @param after where to begin, or {@code null} for the newest
     * @param limit at most so many
     */
    List<Job> list(@Nullable JobStatus status, @Nullable JobCursor after, int limit);

    /**
     * Removes finished jobs that are too old or too many, with their idempotency keys.
     *
     * @param finishedBefore jobs that finished earlier go
     * @param keep of the others, so many of the most recently finished stay
     * @return the jobs removed
     */
    List<Job> removeFinished(Instant finishedBefore, int keep);
}
