package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.support.FakeDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Every end of a job is noted once, in the transaction in which it ends. */
@SuppressWarnings("NullAway.Init") // every test starts its own server
class JobOutboxTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JobWebhook WEBHOOK =
            new JobWebhook(URI.create("https://receiver.example.com/"), URI.create("http://localhost:8001"));

    private final FakeDriver driver = new FakeDriver();
    private final JdbcConnectionPool database = JobDatabase.h2();
    private final Notes outbox = new Notes();

    @TempDir
    Path directory;

    private JobServer server;

    @AfterEach
    void stop() {
        driver.release();
        server.close();
        database.dispose();
    }

    @Test
    void aJobIsNotedWhenItIsAcceptedIfSomebodyWantsToHearOfIt() throws IOException {
        start(Map.of());
        driver.hold();
        server.submit();

        JobId wanted = server.submit(null, JobTerms.NONE, WEBHOOK).view().job().id();

        assertThat(outbox.accepted).containsExactly(wanted);
    }

    @Test
    void everyKindOfEndIsNoted() throws IOException {
        start(Map.of());
        JobId completed = server.submit();
        awaitStatus(completed, JobStatus.COMPLETED);
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face was found"));
        JobId failed = server.submit();
        awaitStatus(failed, JobStatus.ERROR);
        driver.failWith(null);
        driver.hold();
        JobId running = server.submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        JobId overdue = server.submit(null, new JobTerms(0, Instant.now().plusMillis(100), null))
                .view()
                .job()
                .id();
        awaitStatus(overdue, JobStatus.ERROR);
        JobId waiting = server.submit();
        server.service.cancel(waiting);
        server.service.cancel(running);

        assertThat(outbox.ended)
                .containsExactly(
                        completed + " completed",
                        failed + " error",
                        overdue + " error",
                        waiting + " cancelled",
                        running + " cancelled");
    }

    @Test
    void aJobThatWasBegunTooOftenIsNoted() throws IOException {
        start(Map.of("max-attempts", "1"));
        driver.hold();
        JobId job = server.submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        server.forsake();
        try (JobServer next = new JobServer(
                        database,
                        directory.resolve("state"),
                        directory.resolve("work"),
                        new LocalVideoStore(directory.resolve("media")),
                        driver,
                        outbox,
                        Map.of("max-attempts", "1"))
                .start()) {
            await().atMost(PATIENCE).until(() -> next.job(job).status() == JobStatus.ERROR);
        }

        assertThat(outbox.ended).containsExactly(job + " error");
    }

    @Test
    void aJobWhoseEndCannotBeNotedHasNotEnded() throws IOException {
        start(Map.of());
        driver.hold();
        server.submit();
        JobId waiting = server.submit();
        outbox.broken = true;

        assertThatIllegalStateException().isThrownBy(() -> server.service.cancel(waiting));

        assertThat(server.job(waiting).status()).isEqualTo(JobStatus.QUEUED);
        outbox.broken = false;
        server.service.cancel(waiting);
        assertThat(outbox.ended).containsExactly(waiting + " cancelled");
    }

    @Test
    void aForgottenJobIsNoted() throws IOException {
        start(Map.of("retention.count", "0"));
        JobId job = server.submit();
        awaitStatus(job, JobStatus.COMPLETED);

        server.sweep.sweep();

        assertThat(outbox.forgotten).containsExactly(job);
    }

    private void start(Map<String, String> properties) {
        server = new JobServer(
                        database,
                        directory.resolve("state"),
                        directory.resolve("work"),
                        new LocalVideoStore(directory.resolve("media")),
                        driver,
                        outbox,
                        properties)
                .start();
    }

    private void awaitStatus(JobId id, JobStatus status) {
        await().atMost(PATIENCE).until(() -> server.job(id).status() == status);
    }

    private static final class Notes implements JobOutbox {

        private final List<JobId> accepted = new CopyOnWriteArrayList<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final List<JobId> forgotten = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public void accepted(Job job, JobWebhook webhook) {
            note(accepted, job.id());
        }

        @Override
        public void ended(Job job) {
            note(ended, job.id() + " " + job.status().wireName());
        }

        @Override
        public void forgotten(JobId id) {
            note(forgotten, id);
        }

        private <T> void note(List<T> notes, T note) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            if (broken) {
                throw new IllegalStateException("cannot be noted");
            }
            notes.add(note);
        }
    }
}
