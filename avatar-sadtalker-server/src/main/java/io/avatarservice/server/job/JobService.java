package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What callers can do with jobs. Thread-safe; what deletes files may block, and says so. */
public final class JobService {

    private final JobLedger ledger;
    private final JobQueue queue;
    private final RunningJobs running;
    private volatile boolean open;

    JobService(JobLedger ledger, JobQueue queue, RunningJobs running) {
        this.ledger = ledger;
        this.queue = queue;
        this.running = running;
    }

    /**
     * Accepts a job, or finds the one that an equal submission made before. Blocks. The work directory belongs to the
     * job afterwards, and is gone where the job is not a new one.
     *
     * @throws ProblemException {@code QUEUE_FULL}, {@code SHUTTING_DOWN}, or {@code IDEMPOTENCY_KEY_REUSED} where the
     *     key or id came with another body before; the work directory is left to the caller then
     */
    public Submission submit(JobRequest request) {
        if (!open) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "the server is stopping and takes no more jobs");
        }
        if (!request.spec().directory().claim()) {
            throw new ProblemException(ProblemCode.CANCELLED, "the client went away before the job was accepted");
        }
        boolean accepted = false;
        try {
            Submission submission = submission(request, ledger.admit(request));
            accepted = submission.created();
            return submission;
        } finally {
            if (!accepted) {
                request.spec().directory().delete();
            }
        }
    }

    /**
     * One job.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public JobView get(JobId id) {
        return ledger.find(id).orElseThrow(() -> unknown(id));
    }

    /**
     * Jobs, newest first.
     *
     * @param status only jobs in this state, or {@code null} for all
     * @param after where to begin, or {@code null} for the newest
     * @param limit at most so many, from 1
     */
    public JobPage list(@Nullable JobStatus status, @Nullable JobCursor after, int limit) {
        return ledger.list(status, after, limit);
    }

    /**
     * Cancels a job. One that waits leaves the queue, one that runs stops at its next frame; cancelling it again changes
     * nothing. Blocks.
     *
     * @throws ProblemException {@code NOT_FOUND}, or {@code CONFLICT} where the job has finished
     */
    public JobView cancel(JobId id) {
        if (!end(id, StopReason.CANCELLED)) {
            JobView view = get(id);
            if (view.job().status() != JobStatus.CANCELLED) {
                throw new ProblemException(
                        ProblemCode.CONFLICT,
                        "job " + id + " cannot be cancelled: its status is "
                                + view.job().status().wireName());
            }
        }
        return get(id);
    }

    /**
     * Cancels a job whose only client has gone, so that nobody would fetch its video; not one that a second request was
     * attached to, nor one that has finished. Its idempotency key is free again: a client that lost its connection and
     * sends the same request gets a new job. Blocks.
     */
    public void abandon(JobId id) {
        if (ledger.release(id)) {
            end(id, StopReason.CANCELLED);
        }
    }

    /**
     * The changes of a job: those that are still known, then the coming ones, up to its final state.
     *
     * @param after leaves out the changes up to this sequence number, which the caller has seen; 0 for none
     * @throws ProblemException {@code NOT_FOUND}, as a signal
     */
    public Flux<JobEvent> watch(JobId id, long after) {
        return Flux.defer(() -> ledger.events(id).orElseThrow(() -> unknown(id)))
                .filter(event -> event.sequence() > after)
                // A slow client must not hold up the worker that reports.
                .publishOn(Schedulers.parallel());
    }

    /**
     * Whether the job has finished with the change of this sequence number, or an earlier one: nothing comes after it.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public boolean endsAt(JobId id, long sequence) {
        boolean finished = get(id).job().status().finished();
        return finished && sequence >= ledger.lastSequence(id).orElseThrow(() -> unknown(id));
    }

    /** The job in its final state. */
    public Mono<JobView> finished(JobId id) {
        return watch(id, 0)
                .map(JobEvent::view)
                .filter(view -> view.job().status().finished())
                .next();
    }

    void open() {
        open = true;
    }

    /** Takes no more jobs and gives up those that wait. */
    void close() {
        open = false;
        queue.waiting().forEach(id -> end(id, StopReason.SHUTTING_DOWN));
    }

    void stopRunning() {
        running.ids().forEach(id -> end(id, StopReason.SHUTTING_DOWN));
    }

    private boolean end(JobId id, StopReason reason) {
        Optional<JobRecord> queued = ledger.endQueued(id, reason);
        if (queued.isPresent()) {
            queued.get().spec().directory().delete();
            return true;
        }
        boolean ended = ledger.endRunning(id, reason).isPresent();
        if (ended) {
            running.stop(id);
        }
        return ended;
    }

    private Submission submission(JobRequest request, JobLedger.Admission admission) {
        if (admission instanceof JobLedger.Admission.Accepted accepted) {
            return new Submission(accepted.view(), true);
        }
        if (admission instanceof JobLedger.Admission.QueueFull full) {
            throw new ProblemException(
                    ProblemCode.QUEUE_FULL, "the queue is full: %d jobs wait already".formatted(full.capacity()));
        }
        if (admission instanceof JobLedger.Admission.AlreadyThere there) {
            return new Submission(there.view(), false);
        }
        boolean byId = request.id() != null;
        throw new ProblemException(
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                byId ? "id" : "Idempotency-Key",
                (byId ? "the job id" : "the idempotency key") + " was used before with another body");
    }

    private static ProblemException unknown(JobId id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "there is no job " + id + "; finished jobs are kept for a while only");
    }
}
