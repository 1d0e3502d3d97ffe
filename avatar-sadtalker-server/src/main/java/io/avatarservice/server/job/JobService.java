package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What callers can do with jobs. Thread-safe; what does not return a publisher blocks. */
public final class JobService {

    private static final Logger log = LoggerFactory.getLogger(JobService.class);

    private final JobLedger ledger;
    private final JobWatches watches;
    private final RunningJobs running;
    private final JobTraces traces;
    private volatile JobLoad.Phase phase = JobLoad.Phase.STARTING;

    JobService(JobLedger ledger, JobWatches watches, RunningJobs running, JobTraces traces) {
        this.ledger = ledger;
        this.watches = watches;
        this.running = running;
        this.traces = traces;
    }

    /**
     * Refuses a submission that would find the queue full, before anybody reads its inputs. One that was made before finds
     * its job.
     *
     * @throws ProblemException {@code QUEUE_FULL}
     */
    public void expectRoom(String owner, @Nullable JobId id, @Nullable IdempotencyKey key) {
        if (ledger.isFullFor(SubmissionKey.of(owner, id, id == null ? key : null), id)) {
            throw queueFull();
        }
    }

    /** Whether the queue was full a moment ago; asks nobody. */
    public boolean looksFull() {
        JobLoad load = load();
        return load.waiting() >= load.capacity();
    }

    /** What those are told who find the queue full. */
    public ProblemException queueFull() {
        return new ProblemException(
                ProblemCode.QUEUE_FULL, "the queue is full: %d jobs wait already".formatted(load().capacity()));
    }

    /**
     * Accepts a job, or finds the one that an equal submission made before. An accepted job survives this server: its
     * inputs and its row are written when this returns. The work directory belongs to the job afterwards, and is gone
     * where the job is not a new one.
     *
     * @throws ProblemException {@code QUEUE_FULL}, {@code SHUTTING_DOWN}, {@code STORAGE_UNAVAILABLE},
     *     {@code IDEMPOTENCY_KEY_REUSED} where the key or id came with another body, or the id from another owner, before, or {@code CONFLICT} where its
     *     job is kept no longer
     */
    public Submission submit(JobRequest request) {
        if (!takesJobs()) {
            throw new ProblemException(
                    ProblemCode.SHUTTING_DOWN, "the server starts or stops, and takes no jobs at this moment");
        }
        WorkDirectory directory = request.spec().directory();
        if (!directory.claim()) {
            throw new ProblemException(ProblemCode.CANCELLED, "the client went away before the job was accepted");
        }
        Submission submission;
        try {
            sync(directory);
            submission = traces.submit(
                    request.spec(), traced -> submission(request, ledger.admit(request.withSpec(traced))));
        } catch (ProblemException e) {
            directory.delete();
            throw e;
        }
        // After any other exception the job may exist all the same; if it does not, the sweep takes the files.
        if (!submission.created()) {
            directory.delete();
        }
        return submission;
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
     * Cancels a job. One that waits leaves the queue, one that runs stops at its next frame, on another server a moment
     * later; cancelling it again changes nothing.
     *
     * @throws ProblemException {@code NOT_FOUND}, or {@code CONFLICT} where the job has finished
     */
    public JobView cancel(JobId id) {
        if (!end(id)) {
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
     * sends the same request gets a new job.
     */
    public void abandon(JobId id) {
        // A server that stops leaves its clients; they come back for the job.
        if (takesJobs() && ledger.release(id)) {
            end(id);
        }
    }

    /**
     * The job as it is, and whenever it has changed, up to its final state; ends early where the job is forgotten or the
     * server stops.
     *
     * @param seen version of the job that the caller knows, which is left out; 0 for none
     */
    public Flux<JobView> watch(JobId id, long seen) {
        // A slow client must not hold up the worker that reports.
        return watches.of(id, seen).publishOn(Schedulers.parallel(), 1);
    }

    /** The job in its final state; empty where the server stops before that. */
    public Mono<JobView> finished(JobId id) {
        return watch(id, 0).filter(view -> view.job().status().finished()).next();
    }

    /** How much there is to do, as of a moment ago; asks nobody. */
    public JobLoad load() {
        return ledger.load(phase);
    }

    /** Takes jobs. */
    void open() {
        watches.open();
        phase = JobLoad.Phase.OPEN;
    }

    /** Takes no more jobs. */
    void close() {
        phase = JobLoad.Phase.CLOSED;
    }

    /** Lets those go who wait for a job. */
    void endWatches() {
        watches.close();
    }

    private boolean takesJobs() {
        return phase == JobLoad.Phase.OPEN;
    }

    private boolean end(JobId id) {
        Optional<JobSpec> spec = ledger.spec(id);
        Optional<Job> ended = ledger.cancel(id);
        ended.ifPresent(job -> {
            running.stop(id);
            if (job.startedAt() == null) {
                // The files of one that runs are its worker's.
                spec.ifPresent(files -> files.directory().delete());
            }
        });
        return ended.isPresent();
    }

    private static void sync(WorkDirectory directory) {
        try {
            directory.sync();
        } catch (IOException e) {
            log.error("The inputs in {} cannot be made durable", directory.path(), e);
            throw WorkDirectories.unwritable(e);
        }
    }

    private Submission submission(JobRequest request, JobLedger.Admission admission) {
        if (admission instanceof JobLedger.Admission.Accepted accepted) {
            return new Submission(accepted.view(), true);
        }
        if (admission instanceof JobLedger.Admission.AlreadyThere there) {
            return new Submission(there.view(), false);
        }
        if (admission instanceof JobLedger.Admission.QueueFull) {
            throw queueFull();
        }
        boolean byId = request.id() != null;
        String name = byId ? "the job id" : "the idempotency key";
        if (admission instanceof JobLedger.Admission.Forgotten) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "the job of " + name + " has finished and is kept no longer");
        }
        throw new ProblemException(
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                byId ? "id" : "Idempotency-Key",
                name + " was used before with another body" + (byId ? " or by another caller" : ""));
    }

    private static ProblemException unknown(JobId id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "there is no job " + id + "; finished jobs are kept for a while only");
    }
}
