package io.avatarservice.server.webhook;

import static io.avatarservice.server.webhook.Deliveries.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.avatarservice.server.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What store, queue and outbox do together, whatever the database. */
@SuppressWarnings("NullAway.Init") // set up before each test
abstract class WebhookStoreContractTests {

    private static final String URL = "https://receiver.example.com/hook?token=x";
    private static final JobId A = new JobId("a");

    private final RetrySchedule retries = new RetrySchedule(List.of(Duration.ofSeconds(10)), new Random(1));

    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private WebhookStore store;
    private WebhookQueue queue;
    private WebhookOutbox outbox;

    /** An empty database with the tables. */
    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        jdbc = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        store = new WebhookStore(jdbc);
        queue = new WebhookQueue(database);
        outbox = new WebhookOutbox(store, queue);
    }

    @Test
    void aDeliveryComesBackAsItWas() {
        WebhookDelivery waiting = WebhookDelivery.waiting(A, Deliveries.to(URL));
        store.insert(waiting);
        assertThat(store.find(A)).contains(waiting);

        WebhookDelivery pending = waiting.begun(NOON);
        assertThat(store.replace(waiting, pending)).isTrue();
        assertThat(store.find(A)).contains(pending);

        WebhookDelivery tried = pending.attempted(WebhookAnswer.of(503, null), NOON.plusSeconds(1), retries);
        assertThat(store.replace(pending, tried)).isTrue();
        assertThat(store.find(A)).contains(tried);
    }

    @Test
    void nothingIsDueBeforeTheJobHasEnded() {
        accept("a");

        assertThat(store.find(A)).map(WebhookDelivery::state).contains(WebhookState.WAITING);
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void theEndOfAJobMakesItsDeliveryDue() {
        accept("a");

        end("a", NOON);

        assertThat(store.find(A)).map(WebhookDelivery::state).contains(WebhookState.PENDING);
        assertThat(scheduled()).containsExactly("a#1");
        assertThat(store.pending()).isEqualTo(new PendingWebhooks(1, NOON));
    }

    @Test
    void anEndThatIsRolledBackMakesNothingDue() {
        accept("a");
        boolean[] woken = new boolean[1];
        queue.onWake(() -> woken[0] = true);

        assertThatIllegalStateException()
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    outbox.ended(Deliveries.ended("a", NOON));
                    throw new IllegalStateException("the job's row could not be written");
                }));

        assertThat(store.find(A)).map(WebhookDelivery::state).contains(WebhookState.WAITING);
        assertThat(scheduled()).isEmpty();
        assertThat(woken[0]).isFalse();
    }

    @Test
    void theDispatcherIsWokenOnceTheEndCanBeSeen() {
        accept("a");
        boolean[] seen = new boolean[1];
        queue.onWake(() -> seen[0] = scheduled().contains("a#1"));

        end("a", NOON);

        assertThat(seen[0]).isTrue();
    }

    @Test
    void theEndOfAJobThatWantsNoCallMakesNothingDue() {
        end("b", NOON);

        assertThat(scheduled()).isEmpty();
        assertThat(store.pending()).isEqualTo(PendingWebhooks.NONE);
    }

    @Test
    void aJobEndsOnce() {
        accept("a");
        end("a", NOON);
        end("a", NOON.plusSeconds(5));

        assertThat(scheduled()).containsExactly("a#1");
        assertThat(store.find(A)).map(WebhookDelivery::pendingSince).contains(NOON);
    }

    @Test
    void oneOfTwoServersThatMadeTheSameAttemptWritesItDown() {
        accept("a");
        end("a", NOON);
        WebhookDelivery read = store.find(A).orElseThrow();
        WebhookDelivery accepted = read.attempted(WebhookAnswer.of(200, null), NOON, retries);
        WebhookDelivery refused = read.attempted(WebhookAnswer.of(500, null), NOON, retries);

        assertThat(store.replace(read, accepted)).isTrue();
        assertThat(store.replace(read, refused)).isFalse();
        assertThat(store.find(A)).contains(accepted);
    }

    @Test
    void aRedeliveryTakesThePlaceOfAnyLaterAttempt() {
        accept("a");
        end("a", NOON);
        WebhookDelivery read = store.find(A).orElseThrow();

        Optional<WebhookDelivery> begun = redeliver("a", NOON.plusSeconds(60));

        assertThat(begun).map(WebhookDelivery::rounds).contains(2);
        assertThat(begun).map(WebhookDelivery::messageId).contains(read.messageId());
        assertThat(scheduled()).containsExactly("a#2");
        assertThat(store.replace(read, read.attempted(WebhookAnswer.of(500, null), NOON, retries)))
                .as("an attempt of the round before")
                .isFalse();
    }

    @Test
    void whatHasNotEndedOrWantsNoCallIsNotRedelivered() {
        accept("a");

        assertThat(redeliver("a", NOON)).isEmpty();
        assertThat(redeliver("b", NOON)).isEmpty();
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void aForgottenJobLeavesNothing() {
        accept("a");
        end("a", NOON);

        transaction.executeWithoutResult(status -> outbox.forgotten(A));

        assertThat(store.find(A)).isEmpty();
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void theOldestOfThePendingOnesTellsTheirAge() {
        accept("a");
        accept("b");
        end("a", NOON.plusSeconds(5));
        end("b", NOON);

        assertThat(store.pending()).isEqualTo(new PendingWebhooks(2, NOON));
    }

    private void accept(String id) {
        transaction.executeWithoutResult(status -> outbox.accepted(Deliveries.ended(id, NOON), Deliveries.to(URL)));
    }

    private void end(String id, Instant time) {
        transaction.executeWithoutResult(status -> outbox.ended(Deliveries.ended(id, time)));
    }

    private Optional<WebhookDelivery> redeliver(String id, Instant now) {
        Optional<WebhookDelivery> begun = transaction.execute(status -> outbox.redeliver(new JobId(id), now));
        assertThat(begun).isNotNull();
        return begun;
    }

    private List<String> scheduled() {
        return jdbc.sql("select task_instance from avatar_webhook_schedule where task_name = 'deliver'")
                .query(String.class)
                .list();
    }
}
