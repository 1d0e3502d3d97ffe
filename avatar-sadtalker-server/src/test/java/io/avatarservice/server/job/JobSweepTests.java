package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.support.FakeDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are left over. */
class JobSweepTests {

    private final JdbcConnectionPool database = JobDatabase.h2();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void anUploadThatGoesOnStays() throws IOException {
        try (JobServer server = server("one")) {
            WorkDirectory upload = server.work.create();
            Files.writeString(upload.path().resolve("image"), "pixels");

            server.sweep.sweep();

            assertThat(upload.path()).exists();
        }
    }

    @Test
    void anUploadOfAFormerLifeGoes() {
        WorkDirectory upload;
        try (JobServer server = server("one")) {
            upload = server.work.create();
        }

        try (JobServer server = server("one")) {
            server.sweep.sweep();

            assertThat(upload.path()).doesNotExist();
        }
    }

    @Test
    void anUploadToAnotherServerGoesWhenNothingHasHappenedForLong() throws IOException {
        try (JobServer server = server("one");
                JobServer other = server("two")) {
            WorkDirectory fresh = other.work.create();
            WorkDirectory old = other.work.create();
            Files.setLastModifiedTime(old.path(), FileTime.from(Instant.now().minus(Duration.ofHours(2))));

            server.sweep.sweep();

            assertThat(fresh.path()).exists();
            assertThat(old.path()).doesNotExist();
        }
    }

    @Test
    void theFilesOfAJobStayAsLongAsItMayNeedThem() throws IOException {
        try (JobServer server = server("one")) {
            server.service.open();
            JobId id = server.submit();
            Path files = server.store.spec(id).orElseThrow().directory().path();
            Files.setLastModifiedTime(files, FileTime.from(Instant.EPOCH));

            server.sweep.sweep();
            assertThat(files.resolve("image")).exists();

            server.store.update(id, job -> true, job -> job.cancelled(Instant.now()));
            server.sweep.sweep();
            assertThat(files).doesNotExist();
        }
    }

    @Test
    void aJobInNoQueueIsQueuedAgain() throws IOException {
        try (JobServer server = server("one")) {
            server.service.open();
            JobId id = server.submit();
            server.queue.remove(id);
            assertThat(server.queue.missing()).containsExactly(id);

            server.sweep.sweep();

            assertThat(server.queue.missing()).isEmpty();
        }
    }

    /** It is not started: nothing but the test sweeps. */
    private JobServer server(String name) {
        return new JobServer(
                database,
                directory.resolve(name),
                directory.resolve("work"),
                new LocalVideoStore(directory.resolve("media")),
                new FakeDriver(),
                Map.of());
    }
}
