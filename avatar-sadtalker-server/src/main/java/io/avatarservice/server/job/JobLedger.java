package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.support.TransactionTemplate;

/** Store, queue, outbox, watches, loads and metrics kept in step: every change of a job goes through here. Blocks. */
final class JobLedger {

    private static final Logger log = LoggerFactory.getLogger(JobLedger.class);

    // A key can be freed between the refused insertion and the look at its holder, hardly twice.
    private static final int ADMISSION_ATTEMPTS = 5;
    private static final Duration LONGEST_ADMISSION = Duration.ofSeconds(5);
    private static final int OVERDUE_AT_ONCE = 100;
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final JobStore store;
    private final JobQueue queue;
    private final JobOutbox outbox;
    private final TransactionTemplate transaction;
    private final JobWatches watches;
    private final JobLoads loads;
    private final JobMetrics metrics;
    private final Clock clock;
    private final JobProperties properties;
    // With it the capacity is kept exactly by one server, and by several up to one job each.
    private final ReentrantLock admission = new ReentrantLock();

    JobLedger(
            JobStore store,
            JobQueue queue,
            JobOutbox outbox,
            TransactionTemplate transaction,
            JobWatches watches,
            JobLoads loads,
            JobMetrics metrics,
            Clock clock,
            JobProperties properties) {
        this.store = store;
        this.queue = queue;
        this.outbox = outbox;
        this.transaction = transaction;
        this.watches = watches;
        this.loads = loads;
        this.metrics = metrics;
        this.clock = clock;
        this.properties = properties;
    }

    /** What became of a submission. */
    sealed interface Admission {

        record Accepted(JobView view) implements Admission {}

        /** An equal request made the job before. */
        record AlreadyThere(JobView view) implements Admission {}

        /** An equal request made a job before, which is kept no longer. */
        record Forgotten() implements Admission {}

        /** The id or key belongs to another request, or the id to another owner. */
        record Taken() implements Admission {}

        record QueueFull() implements Admission {}
    }

    Admission admit(JobRequest request) {
        SubmissionKey key = SubmissionKey.of(request);
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<Admission> attached = attach(request, key);
                return attached.isPresent() ? attached.get() : insert(request, key);
            } catch (DuplicateKeyException e) {
                if (attempt == ADMISSION_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Whether a submission would find the queue full, unless it was made before. Asks the database only where it may. */
    boolean isFullFor(@Nullable SubmissionKey key, @Nullable JobId id) {
        return loads.queue().waiting() >= properties.queueCapacity()
                && queueState().waiting() >= properties.queueCapacity()
                && (key == null || store.holder(key).isEmpty())
                && (id == null || store.holder(id).isEmpty());
    }

    private QueueState queueState() {
        QueueState state = store.queue();
        loads.saw(state);
        return state;
    }

    private Admission insert(JobRequest request, @Nullable SubmissionKey key) {
        JobId id = request.id() != null ? request.id() : JobId.random();
        Job job = Job.queued(id, request.spec().driver(), request.terms(), now());
        lockAdmission();
        try {
            QueueState before = queueState();
            if (before.waiting() >= properties.queueCapacity()) {
                return new Admission.QueueFull();
            }
            transaction.executeWithoutResult(status -> {
                store.insert(new JobRecord(request.owner(), job, request.spec(), key, request.fingerprint()));
                queue.add(job);
                if (request.webhook() != null) {
                    outbox.accepted(job, request.webhook());
                }
            });
            loads.saw(before.with(job));
        } finally {
            admission.unlock();
        }
        // The answer is made before a worker changes what it tells.
        JobView view = watches.view(job);
        queue.wake();
        return new Admission.Accepted(view);
    }

    /** While the database is away, nobody waits for all those before him to learn it. */
    private void lockAdmission() {
        try {
            if (!admission.tryLock(LONGEST_ADMISSION.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new QueryTimeoutException("other submissions wait for the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("interrupted", e);
        }
    }

    private Optional<Admission> attach(JobRequest request, @Nullable SubmissionKey key) {
        if (key == null) {
            return Optional.empty();
        }
        Optional<JobHolder> byKey = store.holder(key);
        Optional<JobHolder> holder = byKey.isPresent() || request.id() == null ? byKey : store.holder(request.id());
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        if (!holder.get().madeBy(request)) {
            return Optional.of(new Admission.Taken());
        }
        if (store.share(holder.get().id(), byKey.isPresent() ? key : null)) {
            return Optional.of(find(holder.get().id())
                    .<Admission>map(Admission.AlreadyThere::new)
                    .orElseGet(Admission.Forgotten::new));
        }
        // Either the job is gone, or the key is, by now, and this request makes a job of its own.
        return store.holder(key).isPresent() ? Optional.of(new Admission.Forgotten()) : Optional.empty();
    }

    /** Frees the submission key of an unfinished job that only one request asked for; {@code false} for any other. */
    boolean release(JobId id) {
        return store.release(id);
    }

    /** What an unfinished job renders. */
    Optional<JobSpec> spec(JobId id) {
        return store.spec(id);
    }

    /**
     * A worker takes the job for a run of its own: whichever run had it before has lost it. The job is held by the lease
     * then, or has ended because it was begun too often or its deadline is over; empty where it had ended before.
     */
    Optional<Job> claim(JobId id, Lease lease) {
        Instant now = now();
        return changed(update(id, job -> !job.status().finished(), job -> claimed(job, lease, now)));
    }

    private Job claimed(Job job, Lease lease, Instant now) {
        if (overdue(job, now)) {
            return job.failed(deadlinePassed(), now);
        }
        if (job.runs().attempts() >= properties.maxAttempts()) {
            String times = job.runs().attempts() == 1 ? "once" : job.runs().attempts() + " times";
            return job.failed(
                    new JobError(
                            ProblemCode.RENDER_FAILED, "the server died " + times + " while it rendered the job", null),
                    now);
        }
        return job.started(lease, now);
    }

    /** Changes a job as its run; empty where the run has lost it. */
    Optional<Job> change(JobId id, Lease lease, UnaryOperator<Job> change) {
        return changed(update(id, job -> job.heldBy(lease), change));
    }

    /** Whether the run still has the job. */
    boolean holds(JobId id, Lease lease) {
        return store.find(id).filter(job -> job.heldBy(lease)).isPresent();
    }

    /** The job, where it came to its end with the video of this run. */
    Optional<Job> completed(JobId id, Lease lease) {
        return store.find(id)
                .filter(job ->
                        job.result() != null && job.result().video().key().equals(lease.video()));
    }

    /** Whether nothing is left to do for the job. */
    boolean over(JobId id) {
        return store.find(id).map(job -> job.status().finished()).orElse(true);
    }

    /** The server that had the job is dead. A worker that has taken the job since keeps it. */
    void requeue(JobId id) {
        changed(update(id, job -> job.status() == JobStatus.RUNNING && !queue.taken(id), Job::requeued));
    }

    /** Makes the jobs wait again that a former life of this server had. */
    void recover(JobNode node) {
        if (!node.alone()) {
            return;
        }
        List<JobId> interrupted = queue.takenBy(node.name());
        queue.giveUp(node.name());
        interrupted.forEach(this::requeue);
        if (!interrupted.isEmpty()) {
            log.info("{} jobs that a former life of this server had wait again", interrupted.size());
        }
    }

    /** Queues what waits or runs and is in no queue, which only a tampered database has. */
    void adopt() {
        for (JobId id : queue.missing()) {
            store.find(id).filter(job -> !job.status().finished()).ifPresent(job -> {
                log.warn("Job {} was in no queue, and is again", id);
                queue.add(job);
            });
        }
    }

    /** Cancels a job; empty where there is none, or it has finished. */
    Optional<Job> cancel(JobId id) {
        Instant now = now();
        return ended(changed(update(id, job -> !job.status().finished(), job -> job.cancelled(now))));
    }

    /** Ends the waiting jobs whose deadline is over. */
    List<Job> endOverdue() {
        Instant now = now();
        return store.overdue(now, OVERDUE_AT_ONCE).stream()
                .flatMap(id -> ended(changed(update(
                                id,
                                job -> job.status() == JobStatus.QUEUED && overdue(job, now),
                                job -> job.failed(deadlinePassed(), now))))
                        .stream())
                .toList();
    }

    /** Looks at what other servers did. */
    void look() {
        watches.look();
        loads.saw(store.queue());
    }

    JobLoad load(JobLoad.Phase phase) {
        return loads.load(phase);
    }

    List<Job> forgettable() {
        Instant now = now();
        JobProperties.Retention limits = properties.retention();
        return store.forgettable(now, now.minus(limits.age()), limits.count(), FORGOTTEN_AT_ONCE);
    }

    void forget(JobId id) {
        transaction.executeWithoutResult(status -> {
            store.remove(id);
            outbox.forgotten(id);
        });
    }

    void forgetKeys() {
        store.removeKeys(now().minus(properties.idempotencyRetention()));
    }

    Map<String, JobStatus> directories(List<String> names) {
        return store.directories(names);
    }

    Optional<JobView> find(JobId id) {
        return watches.find(id);
    }

    /** Those that exist, in no order. */
    List<JobView> views(List<JobId> ids) {
        return withPositions(store.findAll(ids));
    }

    JobPage list(@Nullable JobStatus status, @Nullable JobCursor after, int limit) {
        List<Job> jobs = store.list(status, after, limit + 1);
        List<JobView> page = withPositions(jobs.subList(0, Math.min(limit, jobs.size())));
        if (jobs.size() <= limit) {
            return new JobPage(page, null);
        }
        Job last = page.get(page.size() - 1).job();
        return new JobPage(page, new JobCursor(last.createdAt(), last.id()));
    }

    private List<JobView> withPositions(List<Job> jobs) {
        boolean waiting = jobs.stream().anyMatch(job -> job.status() == JobStatus.QUEUED);
        Map<JobId, Integer> positions = waiting ? watches.positions() : Map.of();
        return jobs.stream()
                .map(job -> new JobView(job, positions.get(job.id())))
                .toList();
    }

    Instant now() {
        return clock.instant();
    }

    private static boolean overdue(Job job, Instant now) {
        return job.terms().deadline() != null && job.terms().deadline().isBefore(now);
    }

    private static JobError deadlinePassed() {
        return new JobError(ProblemCode.TIMEOUT, "the deadline passed before a worker was free", "deadline");
    }

    private Optional<Job> update(JobId id, Predicate<Job> expected, UnaryOperator<Job> change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Job> next = store.update(id, expected, change);
            next.filter(job -> job.status().finished()).ifPresent(outbox::ended);
            return next;
        }));
    }

    private Optional<Job> ended(Optional<Job> job) {
        job.ifPresent(end -> queue.remove(end.id()));
        return job;
    }

    private Optional<Job> changed(Optional<Job> next) {
        next.ifPresent(job -> {
            watches.publish(job);
            if (job.status().finished()) {
                metrics.finished(job);
                JobLog.with(
                        job,
                        () -> log.info("Job {} is {}{}", job.id(), job.status().wireName(), reason(job)));
            }
        });
        return next;
    }

    private static String reason(Job job) {
        JobError error = job.error();
        return error == null ? "" : ": " + error.code() + ", " + error.message();
    }
}
