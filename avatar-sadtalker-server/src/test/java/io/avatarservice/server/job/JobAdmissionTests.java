package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.support.FakeDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets into the queue. The server takes submissions and renders nothing. */
@SuppressWarnings("NullAway.Init") // set up before each test
class JobAdmissionTests {

    private static final int CLIENTS = 8;

    private final JdbcConnectionPool database = JobDatabase.h2();

    @TempDir
    Path directory;

    private JobServer server;

    @BeforeEach
    void open() {
        server = new JobServer(
                database,
                directory.resolve("state"),
                directory.resolve("work"),
                new LocalVideoStore(directory.resolve("media")),
                new FakeDriver(),
                Map.of("queue-capacity", "5"));
        server.service.open();
    }

    @AfterEach
    void close() {
        server.close();
        database.dispose();
    }

    @Test
    void equalSubmissionsAtTheSameTimeMakeOneJob() throws Exception {
        IdempotencyKey key = new IdempotencyKey("same");

        List<Submission> submissions = new ArrayList<>();
        for (Future<Submission> submission : atTheSameTime(() -> server.submit(key, JobTerms.NONE))) {
            submissions.add(submission.get());
        }

        assertThat(submissions).filteredOn(Submission::created).hasSize(1);
        assertThat(submissions)
                .extracting(submission -> submission.view().job().id())
                .containsOnly(submissions.get(0).view().job().id());
        assertThat(server.work.all()).hasSize(1);
    }

    @Test
    void theCapacityIsKeptWhoeverComesAtTheSameTime() throws Exception {
        List<ProblemCode> refusals = new ArrayList<>();
        for (Future<List<ProblemCode>> submission : atTheSameTime(this::refusal)) {
            refusals.addAll(submission.get());
        }

        assertThat(refusals).hasSize(CLIENTS - 5).containsOnly(ProblemCode.QUEUE_FULL);
        assertThat(server.store.waiting()).hasSize(5);
        assertThat(server.work.all()).hasSize(5);
    }

    @Test
    void aFullQueueIsToldBeforeTheInputsAreRead() throws Exception {
        fillQueue();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> server.service.expectRoom("anonymous", null, new IdempotencyKey("new")))
                .withMessage("the queue is full: 5 jobs wait already")
                .satisfies(full -> assertThat(full.code()).isEqualTo(ProblemCode.QUEUE_FULL));
    }

    @Test
    void aSubmissionThatWasMadeBeforeIsNotSentAwayByAFullQueue() throws Exception {
        IdempotencyKey key = new IdempotencyKey("before");
        server.submit(key, JobTerms.NONE);
        fillQueue();

        assertThatNoException().isThrownBy(() -> server.service.expectRoom("anonymous", null, key));
    }

    @Test
    void aQueueWithRoomAgainTakesSubmissions() throws Exception {
        fillQueue();
        server.service.cancel(server.store.waiting().get(0));

        assertThatNoException().isThrownBy(() -> server.service.expectRoom("anonymous", null, null));
    }

    @Test
    void aJobThatCannotBeQueuedIsNotStored() {
        JdbcClient.create(database).sql("drop table avatar_job_schedule").update();

        assertThatException().isThrownBy(server::submit);

        assertThat(server.store.list(null, null, 9)).isEmpty();
    }

    private void fillQueue() throws Exception {
        while (server.store.waiting().size() < 5) {
            server.submit();
        }
    }

    private List<ProblemCode> refusal() throws Exception {
        try {
            server.submit();
            return List.of();
        } catch (ProblemException e) {
            return List.of(e.code());
        }
    }

    private static <T> List<Future<T>> atTheSameTime(Callable<T> call) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            return threads.invokeAll(Collections.nCopies(CLIENTS, call));
        } finally {
            threads.shutdown();
        }
    }
}
