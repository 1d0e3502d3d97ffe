package io.avatarservice.server.job;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.fetch.FetchProperties;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.storage.VideoStore;
import io.avatarservice.server.support.TestMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What one server does with jobs: a real renderer and queue, one driver, and nothing of Spring or the web. */
final class JobServer implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final WorkDirectories work;
    final JobStore store;
    final JobQueue queue;
    final JobService service;
    final JobSweep sweep;
    final JobWorkers workers;

    private final TalkingHeadDriver driver;
    private final JobNode node;
    private final Scheduler timer = Schedulers.newBoundedElastic(8, 1000, "test-jobs", 60, true);

    /**
     * A server that has not started.
     *
     * @param state its own directory
     * @param work the directory that it shares with others on the database
     * @param properties below {@code avatar.jobs}
     */
    JobServer(
            DataSource database,
            Path state,
            Path work,
            VideoStore videos,
            TalkingHeadDriver driver,
            Map<String, String> properties) {
        this(database, state, work, videos, driver, new NoOutbox(), properties);
    }

    /** @param clock ticks microseconds */
    JobServer(
            DataSource database,
            Path state,
            Path work,
            VideoStore videos,
            TalkingHeadDriver driver,
            Map<String, String> properties,
            Clock clock) {
        this(database, state, work, videos, driver, new NoOutbox(), properties, ObservationRegistry.NOOP, clock);
    }

    /** @param outbox is told of accepted and ended jobs */
    JobServer(
            DataSource database,
            Path state,
            Path work,
            VideoStore videos,
            TalkingHeadDriver driver,
            JobOutbox outbox,
            Map<String, String> properties) {
        this(database, state, work, videos, driver, outbox, properties, ObservationRegistry.NOOP, systemClock());
    }

    /** @param observations gets the traces */
    JobServer(
            DataSource database,
            Path state,
            Path work,
            VideoStore videos,
            TalkingHeadDriver driver,
            Map<String, String> properties,
            ObservationRegistry observations) {
        this(database, state, work, videos, driver, new NoOutbox(), properties, observations, systemClock());
    }

    private JobServer(
            DataSource database,
            Path state,
            Path work,
            VideoStore videos,
            TalkingHeadDriver driver,
            JobOutbox outbox,
            Map<String, String> properties,
            ObservationRegistry observations,
            Clock clock) {
        this.driver = driver;
        this.node = JobNode.open(state);
        this.work = new WorkDirectories(work, node.name());
        JobProperties settings = bind("avatar.jobs", JobProperties.class, properties);
        MediaProperties media = bind("avatar.media", MediaProperties.class, Map.of());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.store = new JdbcJobStore(JdbcClient.create(database), transaction, this.work);
        RunningJobs running = new RunningJobs();
        this.queue = new JobQueue(database);
        JobWatches watches = new JobWatches(store);
        JobLoads loads = new JobLoads(running, settings, clock);
        JobMetrics metrics = new JobMetrics(meters, loads, running, settings, clock);
        JobLedger ledger = new JobLedger(store, queue, outbox, transaction, watches, loads, metrics, clock, settings);
        JobTraces traces = new JobTraces(observations);
        this.service = new JobService(ledger, watches, running, traces);
        this.sweep = new JobSweep(ledger, videos, this.work, new BatchStore(JdbcClient.create(database), transaction));
        JobRunner runner = new JobRunner(
                ledger,
                running,
                new JobInputs(
                        new MediaFetcher(
                                new FetchGuard(bind("avatar.fetch", FetchProperties.class, Map.of())), media.fetch()),
                        new NoObjects(),
                        media),
                new DriverRegistry(List.of(driver), driver.name()),
                new TalkingHeadRenderer(new PictureReader(media), new AudioReader(media), media),
                videos,
                traces,
                settings,
                timer);
        this.workers = new JobWorkers(
                service,
                ledger,
                queue,
                running,
                sweep,
                node,
                () -> new JobDispatcher(ledger, runner, node, database, settings),
                timer,
                settings);
    }

    private static Clock systemClock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    }

    JobServer start() {
        workers.start();
        return this;
    }

    JobId submit() throws IOException {
        return submit(null, JobTerms.NONE).view().job().id();
    }

    Submission submit(@Nullable IdempotencyKey key, JobTerms terms) throws IOException {
        return submit(key, terms, null);
    }

    Submission submit(@Nullable IdempotencyKey key, JobTerms terms, @Nullable JobWebhook webhook) throws IOException {
        WorkDirectory files = work.create();
        Path image = Files.write(files.path().resolve("image"), TestMedia.png());
        Path audio = Files.write(files.path().resolve("audio"), TestMedia.wav(1));
        RenderOptions options = driver.options(Map.of());
        JobSpec spec = new JobSpec(
                driver.name(),
                options,
                new JobInput.Uploaded("image", image),
                new JobInput.Uploaded("audio", audio),
                null,
                Map.of(),
                files);
        try {
            return service.submit(new JobRequest("anonymous", null, key, "", spec, terms, webhook));
        } finally {
            files.discard();
        }
    }

    Job job(JobId id) {
        return service.get(id).job();
    }

    double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    /** As if it had been killed, seen by the next one in its place; it goes on without knowing. */
    void forsake() throws IOException {
        node.destroy();
    }

    /** Stops it, and lets its name and lock go. */
    @Override
    public void close() {
        workers.stop();
        timer.dispose();
        try {
            node.destroy();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        properties.forEach((key, value) -> source.put(prefix + "." + key, value));
        return new Binder(source).bindOrCreate(prefix, type);
    }
}
