package io.avatarservice.sample.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The farm at the other end of the folder: takes jobs every few milliseconds and leaves what it is told to. */
final class FakeFarm implements AutoCloseable {

    static final byte[] VIDEO = "a video, as far as anybody here can tell".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean idle;
    private volatile @Nullable String error;

    FakeFarm(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("inbox"));
        Files.createDirectories(folder.resolve("outbox"));
        worker.scheduleWithFixedDelay(this::work, 0, 5, TimeUnit.MILLISECONDS);
    }

    /** Leaves coming jobs in the inbox. */
    void rest() {
        idle = true;
    }

    /** Coming jobs end with this in their error file. */
    void failWith(String error) {
        this.error = error;
    }

    List<Path> jobs() throws IOException {
        try (Stream<Path> jobs = Files.list(folder.resolve("inbox"))) {
            return jobs.toList();
        }
    }

    private void work() {
        if (idle) {
            return;
        }
        try {
            for (Path job : jobs()) {
                if (Files.exists(job.resolve("job.properties"))) {
                    render(job);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void render(Path job) throws IOException {
        Files.move(job.resolve("job.properties"), job.resolve("started.properties"), StandardCopyOption.ATOMIC_MOVE);
        String failure = error;
        String result = job.getFileName() + (failure == null ? ".mp4" : ".error");
        Path part = folder.resolve("outbox").resolve("." + result);
        Files.write(part, failure == null ? VIDEO : failure.getBytes(StandardCharsets.US_ASCII));
        Files.move(part, folder.resolve("outbox").resolve(result), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits, so that nothing is written any more once the folder is deleted. */
    @Override
    public void close() throws InterruptedException {
        worker.shutdownNow();
        assertThat(worker.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
}
