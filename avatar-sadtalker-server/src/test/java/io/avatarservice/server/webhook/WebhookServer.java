package io.avatarservice.server.webhook;

import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.fetch.FetchProperties;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobNode;
import io.avatarservice.server.job.JobProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What one server does with webhooks: real queue, threads and connections, jobs in name only, and nothing of Spring. */
final class WebhookServer implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Map<String, String> DEFAULTS = Map.of(
            "avatar.webhooks.secrets", SECRET,
            "avatar.webhooks.retry-delays", "10ms, 10ms, 10ms, 10ms",
            "avatar.fetch.allowed-hosts", "localhost, 127.0.0.1",
            "avatar.jobs.poll-interval", "20ms");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final WebhookStore store;
    final JobNode node;
    final WebhookWorkers workers;

    /** While it is set, messages cannot be written. */
    volatile @Nullable RuntimeException failure;

    final AtomicInteger refusals = new AtomicInteger();

    private final WebhookOutbox outbox;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Scheduler timer = Schedulers.newBoundedElastic(4, 100, "test-webhooks", 60, true);

    /**
     * A server that has not started.
     *
     * @param state its own directory
     * @param changed properties that differ from those of other tests
     */
    WebhookServer(DataSource database, Path state, Clock clock, Map<String, String> changed) {
        Map<String, String> properties = new HashMap<>(DEFAULTS);
        properties.putAll(changed);
        Binder binder = new Binder(new MapConfigurationPropertySource(properties));
        WebhookProperties settings = binder.bindOrCreate("avatar.webhooks", WebhookProperties.class);
        JobProperties jobs = binder.bindOrCreate("avatar.jobs", JobProperties.class);
        FetchGuard guard = new FetchGuard(binder.bindOrCreate("avatar.fetch", FetchProperties.class));
        this.clock = clock;
        this.node = JobNode.open(state);
        this.store = new WebhookStore(JdbcClient.create(database));
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        WebhookQueue queue = new WebhookQueue(database);
        this.outbox = new WebhookOutbox(store, queue);
        WebhookMetrics metrics = new WebhookMetrics(meters, clock);
        RetrySchedule schedule = new RetrySchedule(settings.retryDelays(), new Random(1));
        this.workers = new WebhookWorkers(
                store,
                queue,
                metrics,
                node,
                () -> {
                    WebhookSender sender = new WebhookSender(guard, settings, clock);
                    WebhookAttempts attempts = new WebhookAttempts(
                            store,
                            this::body,
                            WebhookSecrets.of(settings),
                            sender,
                            schedule,
                            new ReceiverSlots(settings.concurrencyPerReceiver()),
                            metrics,
                            clock);
                    return new WebhookDispatcher(attempts, sender, timer, node, database, settings, jobs, clock);
                },
                timer,
                jobs);
    }

    WebhookServer start() {
        workers.start();
        return this;
    }

    /** A job whose client wants to be called begins and ends. */
    JobId endJob(String id, String url) {
        transaction.executeWithoutResult(
                status -> outbox.accepted(Deliveries.ended(id, clock.instant()), Deliveries.to(url)));
        transaction.executeWithoutResult(status -> outbox.ended(Deliveries.ended(id, clock.instant())));
        return new JobId(id);
    }

    void redeliver(JobId id) {
        transaction.executeWithoutResult(status -> outbox.redeliver(id, clock.instant()));
    }

    WebhookDelivery delivery(JobId id) {
        return store.find(id).orElseThrow();
    }

    double count(String outcome) {
        return meters.get("avatar.webhooks.deliveries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private Optional<byte[]> body(JobId id, URI server) {
        RuntimeException refusal = failure;
        if (refusal != null) {
            refusals.incrementAndGet();
            throw refusal;
        }
        return Optional.of(("{\"job\":\"" + id + "\",\"server\":\"" + server + "\"}").getBytes(StandardCharsets.UTF_8));
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
}
