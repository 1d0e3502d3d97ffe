package io.avatarservice.server.job;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** The truth about jobs, shared by all servers on one database. Thread-safe; every call blocks. */
interface JobStore {

    /**
     * Adds a job and its submission key. Joins the caller's transaction.
     *
     * @throws DuplicateKeyException where its id or key is taken; the transaction is of no use then
     */
    void insert(JobRecord job);

    /** The holder of a submission key. */
    Optional<JobHolder> holder(SubmissionKey key);

    /** The holder of an id. */
    Optional<JobHolder> holder(JobId id);

    Optional<Job> find(JobId id);

    /** Those that exist, in no order. */
    List<Job> findAll(Collection<JobId> ids);

    /** What a job renders; empty once it has finished. */
    Optional<JobSpec> spec(JobId id);

    /**
     * Changes a job, if it is as the caller believes.
     *
     * @param expected tells by the current snapshot whether the change is still due
     * @param change from the current snapshot to the next; has no side effect, as it may be called again
     * @return the next snapshot, or empty where there is no such job or it is another than expected
     */
    Optional<Job> update(JobId id, Predicate<Job> expected, UnaryOperator<Job> change);

    /**
     * Notes that a second request was attached to the job.
     *
     * @param key by which it was found
     * @return whether key and job are still there
     */
    boolean share(JobId id, @Nullable SubmissionKey key);

    /** Frees the job's submission key, unless a second request was attached by it; whether nobody else wants the job. */
    boolean release(JobId id);

    /**
     * Jobs by time of acceptance, newest first.
     *
     * @param status only jobs in this state, or {@code null} for all
     * @param after where to begin, or {@code null} for the newest
     * @param limit at most so many
     */
    List<Job> list(@Nullable JobStatus status, @Nullable JobCursor after, int limit);

    /** The jobs that wait, in the order in which they are taken. */
    List<JobId> waiting();

    /** How many jobs are taken before this one, which waits. */
    int ahead(Job job);

    QueueState queue();

    /** Jobs that wait although their deadline is over. */
    List<JobId> overdue(Instant now, int limit);

    /**
     * Finished jobs that are too old or too many.
     *
     * @param now jobs whose own time to live is over go
     * @param finishedBefore jobs that finished earlier go
     * @param keep of the others, so many of the most recently finished stay
     * @param limit at most so many
     */
    List<Job> forgettable(Instant now, Instant finishedBefore, int keep, int limit);

    /** Removes a job; its submission key stays. */
    void remove(JobId id);

    /** Removes the submission keys that are older and whose job is gone. */
    void removeKeys(Instant createdBefore);

    /** The states of the jobs that these work directories belong to, by directory; those without a job are left out. */
    Map<String, JobStatus> directories(Collection<String> names);
}
