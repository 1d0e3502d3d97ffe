package io.avatarservice.server.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jobs of this process; they go with it. */
final class InMemoryJobStore implements JobStore {

    private static final Comparator<Job> NEWEST_FIRST =
            Comparator.comparing(Job::createdAt).thenComparing(Job::id).reversed();

    private final Map<JobId, JobRecord> records = new HashMap<>();
    private final Map<IdempotencyKey, JobId> keys = new HashMap<>();

    @Override
    public synchronized Optional<JobRecord> insert(JobRecord job) {
        IdempotencyKey key = job.idempotencyKey();
        JobId holder = key == null ? null : keys.get(key);
        JobRecord existing = records.get(holder != null ? holder : job.job().id());
        if (existing != null) {
            return Optional.of(existing);
        }
        records.put(job.job().id(), job);
        if (key != null) {
            keys.put(key, job.job().id());
        }
        return Optional.empty();
    }

    @Override
    public synchronized void remove(JobId id) {
        releaseIdempotencyKey(id);
        records.remove(id);
    }

    @Override
    public synchronized Optional<JobRecord> find(JobId id) {
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public synchronized Optional<Job> transition(JobId id, JobStatus from, UnaryOperator<Job> change) {
        JobRecord current = records.get(id);
        if (current == null || current.job().status() != from) {
            return Optional.empty();
        }
        Job next = change.apply(current.job());
        records.put(id, current.withJob(next));
        return Optional.of(next);
    }

    @Override
    public synchronized void share(JobId id) {
        records.computeIfPresent(
                id, (same, current) -> current.withJob(current.job().asShared()));
    }

    @Override
    public synchronized void releaseIdempotencyKey(JobId id) {
        JobRecord current = records.get(id);
        if (current != null && current.idempotencyKey() != null) {
            keys.remove(current.idempotencyKey());
            records.put(id, current.withoutIdempotencyKey());
        }
    }

    @Override
    public synchronized List<Job> list(@Nullable JobStatus status, @Nullable JobCursor after, int limit) {
        return records.values().stream()
                .map(JobRecord::job)
                .filter(job -> status == null || job.status() == status)
                .filter(job -> after == null || after.isBefore(job))
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Job> removeFinished(Instant finishedBefore, int keep) {
        List<Job> finished = new ArrayList<>();
        for (JobRecord record : records.values()) {
            if (record.job().status().finished()) {
                finished.add(record.job());
            }
        }
        finished.sort(Comparator.comparing(InMemoryJobStore::finishedAt).reversed());
        List<Job> removed = new ArrayList<>();
        for (int i = 0; i < finished.size(); i++) {
            Job job = finished.get(i);
            if (i >= keep || finishedAt(job).isBefore(finishedBefore)) {
                remove(job.id());
                removed.add(job);
            }
        }
        return removed;
    }

    private static Instant finishedAt(Job job) {
        Instant at = job.finishedAt();
        return at == null ? Instant.MAX : at;
    }
}
