package io.avatarservice.sample.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for work on files: counted, and held up when a test wants the share to hang. */
final class GatedExecutor implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger tasks = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    int tasks() {
        return tasks.get();
    }

    AutoCloseable hold() {
        CountDownLatch held = new CountDownLatch(1);
        gate = held;
        return held::countDown;
    }

    @Override
    public void execute(Runnable task) {
        tasks.incrementAndGet();
        CountDownLatch current = gate;
        threads.execute(() -> {
            try {
                current.await();
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits, so that nothing is written any more once the folder is deleted. */
    @Override
    public void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
}
