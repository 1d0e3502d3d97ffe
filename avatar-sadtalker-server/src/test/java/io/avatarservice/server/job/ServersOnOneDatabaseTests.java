package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.support.FakeDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.test.StepVerifier;

/** What two servers see and do of each other's jobs. */
@SuppressWarnings("NullAway.Init") // every test starts its own servers
class ServersOnOneDatabaseTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JdbcConnectionPool database = JobDatabase.h2();
    private final FakeDriver driver = new FakeDriver();
    private final FakeDriver otherDriver = new FakeDriver();

    @TempDir
    Path directory;

    private JobServer server;
    private JobServer other;

    @AfterEach
    void stop() {
        driver.release();
        otherDriver.release();
        server.close();
        other.close();
        database.dispose();
    }

    @Test
    void oneTakesWhatTheOtherAccepted() throws IOException {
        create(Map.of());
        server.start();
        JobId first = occupy(server, driver);
        other.start();

        JobId second = server.submit();

        assertThat(end(server, second).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(otherDriver.renders()).isEqualTo(1);
        assertThat(other.job(first).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void oneCancelsWhatTheOtherRenders() throws IOException {
        create(Map.of());
        server.start();
        JobId id = occupy(server, driver);

        other.service.cancel(id);

        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        assertThat(server.job(id).status()).isEqualTo(JobStatus.CANCELLED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(directory.resolve("work")).isEmptyDirectory());
    }

    @Test
    void oneTellsWhatTheOtherDoes() throws IOException {
        create(Map.of());
        server.start();
        other.start();
        otherDriver.hold();
        JobId id = occupy(server, driver);

        StepVerifier.create(other.service
                        .watch(id, 0)
                        .map(view -> view.job().status())
                        .distinct())
                .expectNext(JobStatus.RUNNING)
                .then(driver::release)
                .expectNext(JobStatus.COMPLETED)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void whoComesBackToTheOtherGetsOnlyNews() throws IOException {
        create(Map.of());
        server.start();
        JobId id = server.submit();
        long last = end(server, id).version();

        List<JobView> all = Objects.requireNonNull(
                other.service.watch(id, last - 1).collectList().block(PATIENCE));

        assertThat(all).extracting(view -> view.job().version()).containsExactly(last);
    }

    @Test
    void theCapacityCountsTheJobsOfBoth() throws IOException {
        create(Map.of("queue-capacity", "1"));
        server.start();
        occupy(server, driver);
        otherDriver.hold();
        other.start();
        occupy(other, otherDriver);
        server.submit();

        assertThat(refusal(other)).isEqualTo(ProblemCode.QUEUE_FULL);
    }

    @Test
    void aJobOfASilentServerIsRunAgainAndCompletedOnce() throws IOException {
        create(Map.of("heartbeat.interval", "200ms", "heartbeat.missed", "4"));
        server.start();
        JobId id = occupy(server, driver);
        other.start();

        silence(id);

        // Whichever server has it then: the silent one is not dead and may take it once more.
        await().atMost(PATIENCE).until(() -> other.job(id).runs().attempts() == 2);
        driver.release();
        Job job = end(other, id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        assertThat(videos())
                .containsExactly(
                        Objects.requireNonNull(job.result()).video().key().value());
    }

    @Test
    void aServerThatIsStartedAgainTakesUpItsJobsAtOnce() throws IOException {
        create(Map.of());
        server.start();
        JobId id = occupy(server, driver);
        JobId waiting = server.submit();

        server.forsake();
        try (JobServer restarted = create("one", new FakeDriver(), Map.of()).start()) {
            // Which of the two has it then does not matter: the old one is no more dead here than a paused one.
            await().atMost(PATIENCE).until(() -> restarted.job(id).runs().attempts() == 2);
            driver.release();

            assertThat(end(restarted, id).status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(end(restarted, waiting).status()).isEqualTo(JobStatus.COMPLETED);
            await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
            assertThat(videos()).hasSize(2);
        }
    }

    @Test
    void aJobThatOutlivesNoServerFails() throws IOException {
        create(Map.of("heartbeat.interval", "200ms", "heartbeat.missed", "4", "max-attempts", "1"));
        server.start();
        JobId id = occupy(server, driver);
        other.start();

        silence(id);

        Job job = end(other, id);
        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.RENDER_FAILED);
        assertThat(job.error().message()).contains("died once");
        assertThat(otherDriver.renders()).isZero();
    }

    private void create(Map<String, String> properties) {
        server = create("one", driver, properties);
        other = create("two", otherDriver, properties);
    }

    private JobServer create(String name, FakeDriver driver, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("poll-interval", "50ms", "progress-interval", "50ms"));
        all.putAll(properties);
        return new JobServer(
                database,
                directory.resolve(name),
                directory.resolve("work"),
                new LocalVideoStore(directory.resolve("media")),
                driver,
                all);
    }

    private static JobId occupy(JobServer server, FakeDriver driver) throws IOException {
        driver.hold();
        JobId id = server.submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        return id;
    }

    /** As if the server that has the job had not been heard of for a minute; its signs of life come too late. */
    private void silence(JobId id) {
        JdbcClient.create(database).sql("""
                        update avatar_job_schedule set version = version + 1,
                            last_heartbeat = dateadd('minute', -1, last_heartbeat)
                        where task_instance = :id""").param("id", id.value()).update();
    }

    private static ProblemCode refusal(JobServer server) throws IOException {
        try {
            server.submit();
            throw new AssertionError("accepted");
        } catch (ProblemException e) {
            return e.code();
        }
    }

    private static Job end(JobServer server, JobId id) {
        return Objects.requireNonNull(server.service.finished(id).block(PATIENCE))
                .job();
    }

    private List<String> videos() {
        String[] names = directory.resolve("media").toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
