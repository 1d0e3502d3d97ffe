package io.avatarservice.server.job;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Store, queue, events and metrics kept in step: every change of a job goes through here, one at a time, so that those
 * who watch see the changes in the order in which they happened.
 */
final class JobLedger {

    private static final Logger log = LoggerFactory.getLogger(JobLedger.class);

    private final JobStore store;
    private final JobQueue queue;
    private final JobEvents events;
    private final JobMetrics metrics;
    private final Clock clock;

    JobLedger(JobStore store, JobQueue queue, JobEvents events, JobMetrics metrics, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What became of a submission. */
    sealed interface Admission {

        record Accepted(JobView view) implements Admission {}

        /** An equal request made the job before. */
        record AlreadyThere(JobView view) implements Admission {}

        /** The id or key belongs to another request. */
        record Taken() implements Admission {}

        record QueueFull(int capacity) implements Admission {}
    }

    synchronized Admission admit(JobRequest request) {
        JobId id = request.id() != null ? request.id() : JobId.random();
        Job job = Job.queued(id, request.spec().driver(), clock.instant());
        Optional<JobRecord> existing =
                store.insert(new JobRecord(job, request.spec(), request.idempotencyKey(), request.fingerprint()));
        if (existing.isPresent()) {
            return attach(existing.get(), request);
        }
        if (!queue.offer(id)) {
            store.remove(id);
            return new Admission.QueueFull(queue.capacity());
        }
        JobView view = view(job);
        events.publish(view);
        return new Admission.Accepted(view);
    }

    /** Frees the idempotency key of an unfinished job that only one request asked for; {@code false} for any other. */
    synchronized boolean release(JobId id) {
        Optional<Job> wanted = store.find(id)
                .map(JobRecord::job)
                .filter(job -> !job.shared() && !job.status().finished());
        wanted.ifPresent(job -> store.releaseIdempotencyKey(id));
        return wanted.isPresent();
    }

    /** A worker takes the job; empty where it is not waiting any more. */
    synchronized Optional<JobRecord> start(JobId id) {
        Optional<Job> started = changed(store.transition(id, JobStatus.QUEUED, job -> job.started(clock.instant())));
        publishPositions();
        return started.flatMap(job -> store.find(id));
    }

    /** Changes a running job; empty where it is not running any more. */
    synchronized Optional<Job> change(JobId id, UnaryOperator<Job> change) {
        return changed(store.transition(id, JobStatus.RUNNING, change));
    }

    /** Ends a job that waits and gives its directory back; empty where it does not wait. */
    synchronized Optional<JobRecord> endQueued(JobId id, StopReason reason) {
        Optional<Job> ended = changed(store.transition(id, JobStatus.QUEUED, reason.transition(clock.instant())));
        if (ended.isPresent() && queue.remove(id)) {
            publishPositions();
        }
        return ended.flatMap(job -> store.find(id));
    }

    /** Ends a job that runs; empty where it does not. */
    Optional<Job> endRunning(JobId id, StopReason reason) {
        return change(id, reason.transition(clock.instant()));
    }

    synchronized List<Job> removeFinished(Instant finishedBefore, int keep) {
        List<Job> removed = store.removeFinished(finishedBefore, keep);
        removed.forEach(job -> events.remove(job.id()));
        return removed;
    }

    Optional<JobView> find(JobId id) {
        return store.find(id).map(found -> view(found.job()));
    }

    JobPage list(@Nullable JobStatus status, @Nullable JobCursor after, int limit) {
        List<Job> jobs = store.list(status, after, limit + 1);
        List<JobView> page = jobs.stream().limit(limit).map(this::view).toList();
        if (jobs.size() <= limit) {
            return new JobPage(page, null);
        }
        Job last = page.get(page.size() - 1).job();
        return new JobPage(page, new JobCursor(last.createdAt(), last.id()));
    }

    Optional<Flux<JobEvent>> events(JobId id) {
        return events.of(id);
    }

    Optional<Long> lastSequence(JobId id) {
        return events.lastSequence(id);
    }

    Instant now() {
        return clock.instant();
    }

    private Admission attach(JobRecord existing, JobRequest request) {
        if (!existing.fingerprint().equals(request.fingerprint())) {
            return new Admission.Taken();
        }
        store.share(existing.job().id());
        return new Admission.AlreadyThere(view(existing.job()));
    }

    private Optional<Job> changed(Optional<Job> next) {
        next.ifPresent(job -> {
            events.publish(view(job));
            if (job.status().finished()) {
                metrics.finished(job);
                log.info("Job {} is {}{}", job.id(), job.status().wireName(), reason(job));
            }
        });
        return next;
    }

    private static String reason(Job job) {
        JobError error = job.error();
        return error == null ? "" : ": " + error.code() + ", " + error.message();
    }

    private void publishPositions() {
        for (JobId id : queue.waiting()) {
            find(id).filter(view -> view.job().status() == JobStatus.QUEUED).ifPresent(events::publish);
        }
    }

    private JobView view(Job job) {
        if (job.status() != JobStatus.QUEUED) {
            return new JobView(job, null);
        }
        int index = queue.waiting().indexOf(job.id());
        return new JobView(job, index < 0 ? null : index + 1);
    }
}
