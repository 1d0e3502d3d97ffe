package io.avatarservice.server.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bounded queue of this process. */
final class InMemoryJobQueue implements JobQueue {

    private final int capacity;
    private final BlockingQueue<JobId> ids;

    InMemoryJobQueue(int capacity) {
        this.capacity = capacity;
        this.ids = new LinkedBlockingQueue<>(capacity);
    }

    @Override
    public boolean offer(JobId id) {
        return ids.offer(id);
    }

    @Override
    public Optional<JobId> poll(Duration wait) throws InterruptedException {
        return Optional.ofNullable(ids.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public boolean remove(JobId id) {
        return ids.remove(id);
    }

    @Override
    public List<JobId> waiting() {
        return List.copyOf(ids);
    }

    @Override
    public int capacity() {
        return capacity;
    }
}
