package io.avatarservice.server.job;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads that render. They stop before the web server does: those who wait for a job still get its end as their
 * answer.
 */
final class JobWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);
    private static final Duration POLL = Duration.ofMillis(200);
    // What a render may need from the moment it is told to stop: one frame, and clearing up.
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final JobService service;
    private final JobQueue queue;
    private final JobRunner runner;
    private final JobProperties properties;
    private volatile boolean running;
    private @Nullable ExecutorService threads;

    JobWorkers(JobService service, JobQueue queue, JobRunner runner, JobProperties properties) {
        this.service = service;
        this.queue = queue;
        this.runner = runner;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        service.open();
        ExecutorService pool =
                Executors.newFixedThreadPool(properties.workers(), new CustomizableThreadFactory("render-"));
        threads = pool;
        for (int i = 0; i < properties.workers(); i++) {
            pool.execute(this::work);
        }
    }

    @Override
    public synchronized void stop() {
        ExecutorService pool = threads;
        if (!running || pool == null) {
            return;
        }
        running = false;
        service.close();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(properties.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                service.stopRunning();
                if (!pool.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("A render does not stop; the process ends without it");
                }
            }
        } catch (InterruptedException e) {
            service.stopRunning();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            try {
                queue.poll(POLL).ifPresent(runner::run);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("A worker met something that no job accounts for, and goes on", e);
            }
        }
    }
}
