package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.storage.StoredVideo;
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoLink;
import io.avatarservice.server.storage.VideoStore;
import io.avatarservice.server.support.FakeDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** Jobs from submission to end, on one server. */
@SuppressWarnings("NullAway.Init") // every test starts its own server
class JobLifecycleTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeDriver driver = new FakeDriver();
    private final JdbcConnectionPool pool = JobDatabase.h2();
    private final FlakyDatabase database = new FlakyDatabase(pool);

    @TempDir
    Path directory;

    private VideoStore videos;
    private JobServer server;

    @BeforeEach
    void prepare() {
        videos = new LocalVideoStore(directory.resolve("media"));
    }

    @AfterEach
    void stop() {
        driver.release();
        server.close();
        pool.dispose();
    }

    @Test
    void aRenderThatTakesTooLongIsStopped() throws IOException {
        start(Map.of("render-timeout", "300ms"));
        driver.hold();

        Job job = end(server.submit());

        assertThat(job.status()).isEqualTo(JobStatus.ERROR);
        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.TIMEOUT);
        assertThat(job.error().message()).contains("300ms");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        leavesNothing();
    }

    @Test
    void aRunningJobEndsAtItsDeadline() throws IOException {
        start(Map.of());
        driver.hold();
        JobTerms terms = new JobTerms(0, Instant.now().plusMillis(400), null);

        Job job = end(server.submit(null, terms).view().job().id());

        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.TIMEOUT);
        assertThat(job.error().field()).isEqualTo("deadline");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
    }

    @Test
    void aWaitingJobEndsAtItsDeadline() throws IOException {
        start(Map.of());
        occupyWorker();

        Job job = end(server.submit(null, new JobTerms(0, Instant.now().plusMillis(100), null))
                .view()
                .job()
                .id());

        assertThat(job.startedAt()).isNull();
        assertThat(job.error()).isNotNull();
        assertThat(job.error().message()).contains("before a worker was free");
    }

    @Test
    void anUrgentJobOvertakes() throws IOException {
        start(Map.of());
        JobId running = occupyWorker();
        JobId normal = server.submit();
        JobId urgent =
                server.submit(null, new JobTerms(5, null, null)).view().job().id();
        assertThat(server.service.get(normal).queuePosition()).isEqualTo(2);

        driver.release();

        end(running);
        assertThat(end(normal).startedAt()).isAfter(end(urgent).startedAt());
    }

    @Test
    void aVideoThatCannotBeStoredFailsTheJob() throws IOException {
        videos = new FullStore();
        start(Map.of());

        Job job = end(server.submit());

        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void cancellingAJobWhoseVideoCannotBeStoredFreesItsWorker() throws Exception {
        SilentStore silent = new SilentStore(videos, true);
        videos = silent;
        start(Map.of());
        JobId id = server.submit();
        assertThat(silent.awaitPut()).isTrue();

        server.service.cancel(id);

        assertThat(end(id).status()).isEqualTo(JobStatus.CANCELLED);
        leavesNothing();
    }

    @Test
    void aVideoThatIsStoredInSpiteOfACancelIsDeleted() throws Exception {
        SilentStore deaf = new SilentStore(videos, false);
        videos = deaf;
        start(Map.of());
        JobId id = server.submit();
        assertThat(deaf.awaitPut()).isTrue();

        server.service.cancel(id);
        deaf.answer();

        assertThat(end(id).status()).isEqualTo(JobStatus.CANCELLED);
        leavesNothing();
    }

    @Test
    void stoppingLetsTheRunningJobFinishAndKeepsThoseThatWait() throws Exception {
        start(Map.of("shutdown-timeout", "15s"));
        JobId running = occupyWorker();
        JobId waiting = server.submit();

        Thread stopping = new Thread(server.workers::stop);
        stopping.start();
        await().atMost(PATIENCE).until(() -> refuses(ProblemCode.SHUTTING_DOWN));
        driver.release();
        stopping.join(PATIENCE.toMillis());

        assertThat(server.job(running).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(server.job(waiting).status()).isEqualTo(JobStatus.QUEUED);
        server.start();
        assertThat(end(waiting).status()).isEqualTo(JobStatus.COMPLETED);
        leavesNothingButVideos();
    }

    @Test
    void stoppingHandsBackARenderThatDoesNotFinishInTime() throws IOException {
        start(Map.of("shutdown-timeout", "100ms", "max-attempts", "1"));
        JobId id = occupyWorker();

        server.workers.stop();

        Job handedBack = server.job(id);
        assertThat(handedBack.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(handedBack.runs()).isEqualTo(JobRuns.NONE);
        assertThat(driver.rendering()).isZero();
        driver.release();
        server.start();
        assertThat(end(id).status()).isEqualTo(JobStatus.COMPLETED);
        leavesNothingButVideos();
    }

    @Test
    void whoWaitsForAJobIsLetGoWhenTheServerStops() throws IOException {
        start(Map.of("shutdown-timeout", "100ms"));
        occupyWorker();
        JobId waiting = server.submit();
        CompletableFuture<JobView> end = server.service.finished(waiting).toFuture();

        server.workers.stop();

        assertThat(end).succeedsWithin(PATIENCE).isNull();
        assertThat(server.service.finished(waiting).blockOptional(PATIENCE)).isEmpty();
    }

    @Test
    void aRenderThatEndsWhileTheDatabaseIsAwayIsNotLost() throws IOException {
        start(Map.of());
        JobId id = occupyWorker();

        database.away(true);
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(server::submit);
        driver.release();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        assertThat(server.gauge("avatar.jobs.running")).isEqualTo(1);
        database.away(false);

        Job job = end(id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.runs().attempts()).isEqualTo(1);
        assertThat(driver.renders()).isEqualTo(1);
    }

    @Test
    void aForgottenJobTakesItsVideoWithIt() throws IOException {
        start(Map.of("retention.count", "0"));
        JobId id = server.submit();
        assertThat(end(id).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(directory.resolve("media")).isNotEmptyDirectory();

        server.sweep.sweep();

        leavesNothing();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> server.job(id))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND));
    }

    @Test
    void aKeyWhoseJobIsForgottenMakesNoSecondOne() throws IOException {
        start(Map.of("retention.count", "0"));
        IdempotencyKey key = new IdempotencyKey("once");
        end(server.submit(key, JobTerms.NONE).view().job().id());
        server.sweep.sweep();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> server.submit(key, JobTerms.NONE))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
    }

    @Test
    void jobsAreMeasuredByDriverAndOutcome() throws IOException {
        start(Map.of());
        end(server.submit());
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face"));
        end(server.submit());

        assertThat(server.meters
                        .get("avatar.jobs.duration")
                        .tags("driver", "fake", "outcome", "completed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(server.meters
                        .get("avatar.jobs.duration")
                        .tags("outcome", "FACE_NOT_FOUND")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theQueueIsMeasured() throws IOException {
        start(Map.of("poll-interval", "20ms"));
        occupyWorker();
        server.submit();

        await().atMost(PATIENCE)
                .until(() -> server.gauge("avatar.jobs.queued") == 1 && server.gauge("avatar.jobs.queue.age") > 0);
        assertThat(server.gauge("avatar.jobs.running")).isEqualTo(1);
        assertThat(server.gauge("avatar.jobs.queue.capacity")).isEqualTo(64);
    }

    private void start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("poll-interval", "100ms", "progress-interval", "50ms"));
        all.putAll(properties);
        server = new JobServer(database, directory.resolve("state"), directory.resolve("work"), videos, driver, all)
                .start();
    }

    private JobId occupyWorker() throws IOException {
        driver.hold();
        JobId id = server.submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        return id;
    }

    private boolean refuses(ProblemCode code) throws IOException {
        try {
            server.submit();
            return false;
        } catch (ProblemException e) {
            return e.code() == code;
        }
    }

    private Job end(JobId id) {
        JobView view = server.service.finished(id).block(PATIENCE);
        assertThat(view).isNotNull();
        // The state comes first, the clearing up right after it.
        await().atMost(PATIENCE).until(() -> server.gauge("avatar.jobs.running") <= driver.rendering());
        return view.job();
    }

    private void leavesNothing() {
        leavesNothingButVideos();
        assertThat(directory.resolve("media")).isEmptyDirectory();
    }

    private void leavesNothingButVideos() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.work.root()).isEmptyDirectory());
    }

    private static final class FullStore implements VideoStore {

        @Override
        public String location() {
            return "a full disk";
        }

        @Override
        public StoredVideo put(VideoKey key, Path file) {
            throw new ProblemException(ProblemCode.STORAGE_UNAVAILABLE, "full");
        }

        @Override
        public VideoLink link(VideoKey key) {
            return new VideoLink(URI.create("/media/" + key.value()), null);
        }

        @Override
        public VideoLink freshLink(VideoKey key) {
            return link(key);
        }

        @Override
        public void delete(VideoKey key) {}
    }
}
