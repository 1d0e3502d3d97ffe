package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.storage.ObjectReader;
import io.avatarservice.server.storage.StoredVideo;
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoLink;
import io.avatarservice.server.storage.VideoStore;
import io.avatarservice.server.support.FakeDriver;
import io.avatarservice.server.support.TestMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/** Jobs from submission to end, with a real renderer and a fake driver, and nothing of Spring. */
@SuppressWarnings("NullAway.Init") // every test starts its own workers
class JobLifecycleTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeDriver driver = new FakeDriver();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path directory;

    private WorkDirectories work;
    private VideoStore videos;
    private JobLedger ledger;
    private JobService service;
    private JobWorkers workers;

    @BeforeEach
    void prepare() {
        work = new WorkDirectories(directory.resolve("work"));
        videos = new LocalVideoStore(directory.resolve("media"));
    }

    @AfterEach
    void stop() {
        driver.release();
        workers.stop();
        assertThat(work.root()).isEmptyDirectory();
    }

    @Test
    void aRenderThatTakesTooLongIsStopped() throws IOException {
        start(Map.of("render-timeout", "300ms"));
        driver.hold();

        Job job = end(submit());

        assertThat(job.status()).isEqualTo(JobStatus.ERROR);
        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.TIMEOUT);
        assertThat(job.error().message()).contains("300ms");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        assertThat(directory.resolve("media")).isEmptyDirectory();
    }

    @Test
    void aVideoThatCannotBeStoredFailsTheJob() throws IOException {
        videos = new FullStore();
        start(Map.of());

        Job job = end(submit());

        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void stoppingLetsTheRunningJobFinishAndGivesUpThoseThatWait() throws IOException {
        start(Map.of("shutdown-timeout", "15s"));
        driver.hold();
        JobId running = submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        JobId waiting = submit();

        Thread stopping = new Thread(workers::stop);
        stopping.start();
        Job givenUp = end(waiting);
        driver.release();

        assertThat(end(running).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(givenUp.error()).isNotNull();
        assertThat(givenUp.error().code()).isEqualTo(ProblemCode.SHUTTING_DOWN);
        await().atMost(PATIENCE).until(() -> !stopping.isAlive());
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(this::submit)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SHUTTING_DOWN));
    }

    @Test
    void stoppingEndsARenderThatDoesNotFinishInTime() throws IOException {
        start(Map.of("shutdown-timeout", "100ms"));
        driver.hold();
        JobId running = submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);

        workers.stop();

        Job job = service.get(running).job();
        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.SHUTTING_DOWN);
        assertThat(driver.rendering()).isZero();
        assertThat(directory.resolve("media")).isEmptyDirectory();
    }

    @Test
    void aForgottenJobTakesItsVideoWithIt() throws IOException {
        start(Map.of());
        JobId id = submit();
        assertThat(end(id).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(directory.resolve("media")).isNotEmptyDirectory();

        new JobRetention(ledger, videos, new JobProperties.Retention(Duration.ofHours(1), 0)).sweep();

        assertThat(directory.resolve("media")).isEmptyDirectory();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> service.get(id))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND));
    }

    @Test
    void jobsAreMeasuredByDriverAndOutcome() throws IOException {
        start(Map.of());
        end(submit());
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face"));
        end(submit());

        assertThat(meters.get("avatar.jobs.duration")
                        .tags("driver", "fake", "outcome", "completed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("avatar.jobs.duration")
                        .tags("outcome", "FACE_NOT_FOUND")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("avatar.jobs.queued").gauge().value()).isZero();
    }

    private void start(Map<String, String> properties) {
        JobProperties settings = bind("avatar.jobs", JobProperties.class, properties);
        MediaProperties media = bind("avatar.media", MediaProperties.class, Map.of());
        JobQueue queue = new InMemoryJobQueue(settings.queueCapacity());
        RunningJobs running = new RunningJobs();
        ledger = new JobLedger(
                new InMemoryJobStore(),
                queue,
                new JobEvents(),
                new JobMetrics(meters, queue, running),
                Clock.systemUTC());
        service = new JobService(ledger, queue, running);
        PictureReader pictures = new PictureReader(media);
        AudioReader recordings = new AudioReader(media);
        JobRunner runner = new JobRunner(
                ledger,
                running,
                new JobInputs(new MediaFetcher(HttpClient.create(), media.fetch()), new NoObjects(), media),
                new DriverRegistry(List.of(driver), "fake"),
                new TalkingHeadRenderer(pictures, recordings, media),
                videos,
                settings,
                Schedulers.parallel());
        workers = new JobWorkers(service, queue, runner, settings);
        workers.start();
    }

    private JobId submit() throws IOException {
        WorkDirectory files = work.create();
        Path image = Files.write(files.path().resolve("image"), TestMedia.png());
        Path audio = Files.write(files.path().resolve("audio"), TestMedia.wav(1));
        RenderOptions options = driver.options(Map.of());
        JobSpec spec = new JobSpec(
                "fake",
                options,
                new JobInput.Uploaded("image", image),
                new JobInput.Uploaded("audio", audio),
                Map.of(),
                files);
        try {
            return service.submit(new JobRequest(null, null, "", spec))
                    .view()
                    .job()
                    .id();
        } finally {
            files.discard();
        }
    }

    private Job end(JobId id) {
        JobView view = service.finished(id).block(PATIENCE);
        assertThat(view).isNotNull();
        // The state comes first, the clearing up right after it.
        await().atMost(PATIENCE)
                .until(() -> meters.get("avatar.jobs.running").gauge().value() <= driver.rendering());
        return view.job();
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        properties.forEach((key, value) -> source.put(prefix + "." + key, value));
        return new Binder(source).bindOrCreate(prefix, type);
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

    /** These jobs name no objects. */
    private static final class NoObjects implements ObjectReader {

        @Override
        public URI check(String address, String field) {
            throw new AssertionError("nothing names an object");
        }

        @Override
        public void read(URI address, Path target, long maxBytes, String field) {
            throw new AssertionError("nothing names an object");
        }
    }
}
