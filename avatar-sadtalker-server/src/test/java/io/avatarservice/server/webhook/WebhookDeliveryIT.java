package io.avatarservice.server.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.avatarservice.server.job.JobDatabase;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.support.MovableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls, from the end of a job to the receiver. */
@SuppressWarnings("NullAway.Init") // every test starts its own server
class WebhookDeliveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HOOK = "/hook/t0ken?signature=x";

    @RegisterExtension
    static final WireMockExtension RECEIVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final JdbcConnectionPool database = JobDatabase.h2();

    @TempDir
    Path directory;

    private WebhookServer server;

    @AfterEach
    void stop() {
        server.close();
        database.dispose();
    }

    @Test
    void aCallIsMadeOnceAndSigned() {
        start(Map.of());
        answer(noContent());

        JobId job = server.endJob("a", RECEIVER.url(HOOK));

        WebhookDelivery delivery = awaitState(job, WebhookState.DELIVERED);
        assertThat(delivery.lastStatus()).isEqualTo(204);
        assertThat(server.count("delivered")).isEqualTo(1);
        LoggedRequest call = calls().get(0);
        assertThat(calls()).hasSize(1);
        assertThat(call.getUrl()).isEqualTo(HOOK);
        assertThat(call.getBodyAsString()).isEqualTo("{\"job\":\"a\",\"server\":\"" + Deliveries.SERVER + "\"}");
        assertThat(call.getHeader("content-type")).isEqualTo("application/json");
        assertThat(call.getHeader("webhook-id")).isEqualTo(delivery.messageId());
        long timestamp = Long.parseLong(call.getHeader("webhook-timestamp"));
        assertThat(Instant.ofEpochSecond(timestamp)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(call.getHeader("webhook-signature"))
                .isEqualTo(WebhookSecret.parse(WebhookServer.SECRET)
                        .sign(delivery.messageId(), timestamp, call.getBody()));
        assertThat(call.containsHeader("authorization")).isFalse();
        assertThat(call.containsHeader("cookie")).isFalse();
    }

    @Test
    void whileOneSecretReplacesAnotherBothSign() {
        String next = WebhookSecret.generate().text();
        start(Map.of("avatar.webhooks.secrets", WebhookServer.SECRET + "," + next));
        answer(noContent());

        awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.DELIVERED);

        LoggedRequest call = calls().get(0);
        long timestamp = Long.parseLong(call.getHeader("webhook-timestamp"));
        assertThat(call.getHeader("webhook-signature").split(" "))
                .containsExactly(
                        WebhookSecret.parse(WebhookServer.SECRET)
                                .sign(call.getHeader("webhook-id"), timestamp, call.getBody()),
                        WebhookSecret.parse(next).sign(call.getHeader("webhook-id"), timestamp, call.getBody()));
    }

    @Test
    void aReceiverThatWasDownIsCalledAgainWithTheSameMessage() {
        start(Map.of());
        inTurn(serviceUnavailable(), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), noContent());

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.DELIVERED);

        assertThat(delivery.attempts()).isEqualTo(3);
        assertThat(calls())
                .hasSize(3)
                .extracting(call -> call.getHeader("webhook-id"))
                .containsOnly(delivery.messageId());
        assertThat(server.count("retried")).isEqualTo(2);
    }

    @Test
    void attemptsKeepToTheScheduleAndToWhatTheReceiverAsksFor() {
        MovableClock clock = new MovableClock(Deliveries.NOON);
        start(clock, Map.of("avatar.webhooks.retry-delays", "1h, 10h"));
        inTurn(serviceUnavailable(), serviceUnavailable().withHeader("Retry-After", "43200"), noContent());
        JobId job = server.endJob("a", RECEIVER.url(HOOK));
        WebhookDelivery first = awaitAttempts(job, 1);
        assertThat(first.nextAttemptAt())
                .isBetween(Deliveries.NOON.plus(Duration.ofMinutes(48)), Deliveries.NOON.plus(Duration.ofMinutes(72)));

        clock.pass(Duration.ofMinutes(80));
        WebhookDelivery second = awaitAttempts(job, 2);
        assertThat(second.nextAttemptAt())
                .as("not beyond the longest pause of the schedule")
                .isEqualTo(clock.instant().plus(Duration.ofHours(10)));

        clock.pass(Duration.ofHours(10));
        awaitState(job, WebhookState.DELIVERED);
        assertThat(calls()).hasSize(3);
    }

    @Test
    void afterTheLastAttemptTheDeliveryHasFailed() {
        start(Map.of("avatar.webhooks.retry-delays", "10ms"));
        answer(serviceUnavailable());

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.FAILED);

        assertThat(delivery.attempts()).isEqualTo(2);
        assertThat(delivery.lastStatus()).isEqualTo(503);
        assertThat(server.count("failed")).isEqualTo(1);
        awaitNothingScheduled();
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aReceiverThatIsGoneIsNotCalledAgain() {
        start(Map.of());
        answer(aResponse().withStatus(410));

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.FAILED);

        assertThat(delivery.attempts()).isEqualTo(1);
        awaitNothingScheduled();
        assertThat(calls()).hasSize(1);
    }

    @Test
    void aRedeliveryIsTheSameMessageAgain() {
        start(Map.of());
        answer(aResponse().withStatus(410));
        JobId job = server.endJob("a", RECEIVER.url(HOOK));
        awaitState(job, WebhookState.FAILED);
        answer(noContent());

        server.redeliver(job);

        WebhookDelivery delivery = awaitState(job, WebhookState.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(1);
        assertThat(calls())
                .hasSize(2)
                .extracting(call -> call.getHeader("webhook-id"))
                .containsOnly(delivery.messageId());
    }

    @Test
    void aRedirectIsNotFollowed() {
        start(Map.of("avatar.webhooks.retry-delays", "10ms"));
        RECEIVER.stubFor(post(urlEqualTo(HOOK)).willReturn(temporaryRedirect(RECEIVER.url("/elsewhere"))));
        RECEIVER.stubFor(post(urlEqualTo("/elsewhere")).willReturn(noContent()));

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.FAILED);

        assertThat(delivery.lastStatus()).isEqualTo(302);
        RECEIVER.verify(0, postRequestedFor(urlPathEqualTo("/elsewhere")));
    }

    /** The name passes at submission; what it resolves to is found out when the server connects. */
    @Test
    void aNameOfAPrivateAddressIsNotConnectedTo() {
        start(Map.of("avatar.fetch.allowed-hosts", "", "avatar.webhooks.retry-delays", "10ms"));
        answer(noContent());

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.FAILED);

        assertThat(delivery.lastError()).contains("not allowed").doesNotContain("localhost", "127.0.0.1", "t0ken");
        assertThat(delivery.lastStatus()).isNull();
        assertThat(calls()).isEmpty();
    }

    @Test
    void aReceiverThatDoesNotAnswerInTimeIsGivenUp() {
        start(Map.of("avatar.webhooks.timeout", "200ms", "avatar.webhooks.retry-delays", "10ms"));
        answer(noContent().withFixedDelay(10_000));

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.FAILED);

        assertThat(delivery.lastError()).isEqualTo("the receiver did not answer within 200 ms");
    }

    @ParameterizedTest
    @EnumSource
    void theStatusCountsWhateverTheBody(Body body) {
        start(Map.of("avatar.webhooks.retry-delays", "10ms"));
        answer(body.response);

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.DELIVERED);

        assertThat(delivery.attempts()).isEqualTo(1);
    }

    enum Body {
        LARGE(ok().withBody(new byte[5_000_000])),
        ENDLESS(ok().withBody(new byte[1_000]).withChunkedDribbleDelay(100, 60_000));

        private final ResponseDefinitionBuilder response;

        Body(ResponseDefinitionBuilder response) {
            this.response = response;
        }
    }

    @Test
    void aSlowReceiverDoesNotHoldUpOthers() {
        start(Map.of("avatar.webhooks.concurrency", "3", "avatar.webhooks.concurrency-per-receiver", "2"));
        RECEIVER.stubFor(post(urlPathEqualTo("/slow")).willReturn(noContent().withFixedDelay(12_000)));
        RECEIVER.stubFor(post(urlPathEqualTo("/fast")).willReturn(noContent()));
        List<JobId> slow = IntStream.range(0, 6)
                .mapToObj(i -> server.endJob("slow" + i, RECEIVER.url("/slow")))
                .toList();
        await().atMost(PATIENCE).until(() -> calls().size() == 2);

        // Another receiver by its name, though it is the same one behind it.
        String other = "http://127.0.0.1:" + RECEIVER.getPort() + "/fast";
        List<JobId> fast = IntStream.range(0, 5)
                .mapToObj(i -> server.endJob("fast" + i, other))
                .toList();

        fast.forEach(job -> awaitState(job, WebhookState.DELIVERED));
        assertThat(slow).allSatisfy(job -> {
            assertThat(server.delivery(job).state()).isEqualTo(WebhookState.PENDING);
            assertThat(server.delivery(job).attempts())
                    .as("calls that wait for a slot")
                    .isZero();
        });
        RECEIVER.verify(2, postRequestedFor(urlPathEqualTo("/slow")));
    }

    @Test
    void aServerThatDiesBeforeTheCallMakesItInItsNextLife() {
        prepare(Map.of());
        answer(noContent());
        JobId job = server.endJob("a", RECEIVER.url(HOOK));
        // As if it had been killed in the middle of an attempt.
        JdbcClient.create(database)
                .sql("update avatar_webhook_schedule set picked = true, picked_by = :node, last_heartbeat = now()")
                .param("node", server.node.name())
                .update();
        server.close();

        start(Map.of());

        awaitState(job, WebhookState.DELIVERED);
    }

    @Test
    void aServerThatStopsBreaksOffCallsAndMakesThemAgain() {
        start(Map.of());
        answer(noContent().withFixedDelay(12_000));
        JobId job = server.endJob("a", RECEIVER.url(HOOK));
        await().atMost(PATIENCE).until(() -> calls().size() == 1);

        server.close();
        assertThat(server.delivery(job).attempts()).isZero();
        answer(noContent());
        start(Map.of());

        awaitState(job, WebhookState.DELIVERED);
    }

    @Test
    void serversShareTheWork() {
        start(Map.of());
        answer(noContent());
        try (WebhookServer other =
                new WebhookServer(database, directory.resolve("other"), Clock.systemUTC(), Map.of()).start()) {
            List<JobId> jobs = IntStream.range(0, 30)
                    .mapToObj(i -> (i % 2 == 0 ? server : other).endJob("job" + i, RECEIVER.url(HOOK)))
                    .toList();

            jobs.forEach(job -> awaitState(job, WebhookState.DELIVERED));
            awaitNothingScheduled();
        }
        assertThat(calls()).hasSize(30);
    }

    @Test
    void withoutASecretNothingIsSent() {
        start(Map.of("avatar.webhooks.secrets", "", "avatar.webhooks.retry-delays", "10ms"));
        answer(noContent());

        WebhookDelivery delivery = awaitState(server.endJob("a", RECEIVER.url(HOOK)), WebhookState.FAILED);

        assertThat(delivery.lastError()).contains("avatar.webhooks.secrets");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aMessageThatCannotBeWrittenIsAnAttemptTooAndSaysNothingOfTheCause() {
        prepare(Map.of("avatar.webhooks.retry-delays", "10ms"));
        server.failure = new IllegalStateException("signed https://bucket.example.com/?signature=x");
        server.start();
        answer(noContent());
        JobId job = server.endJob("a", RECEIVER.url(HOOK));

        WebhookDelivery failed = awaitState(job, WebhookState.FAILED);

        assertThat(failed.attempts()).isEqualTo(2);
        assertThat(failed.lastError()).doesNotContain("bucket", "signature");
        server.failure = null;
        server.redeliver(job);
        awaitState(job, WebhookState.DELIVERED);
    }

    @Test
    void whileTheDatabaseIsAwayNoAttemptCounts() {
        prepare(Map.of());
        server.failure = new DataAccessResourceFailureException("the database does not answer");
        server.start();
        answer(noContent());
        JobId job = server.endJob("a", RECEIVER.url(HOOK));
        await().atMost(PATIENCE).until(() -> server.refusals.get() == 1);

        server.failure = null;

        assertThat(awaitState(job, WebhookState.DELIVERED).attempts()).isEqualTo(1);
    }

    @Test
    void operatorsSeeWhatIsPending() {
        MovableClock clock = new MovableClock(Deliveries.NOON);
        start(clock, Map.of("avatar.webhooks.retry-delays", "1h"));
        answer(serviceUnavailable());
        awaitAttempts(server.endJob("a", RECEIVER.url(HOOK)), 1);

        clock.pass(Duration.ofMinutes(10));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.meters
                                .get("avatar.webhooks.pending")
                                .gauge()
                                .value())
                        .isEqualTo(1));
        assertThat(server.meters.get("avatar.webhooks.pending.age").gauge().value())
                .isEqualTo(600);
    }

    private void prepare(Map<String, String> properties) {
        server = new WebhookServer(database, directory, Clock.systemUTC(), properties);
    }

    private void start(Map<String, String> properties) {
        start(Clock.systemUTC(), properties);
    }

    private void start(Clock clock, Map<String, String> properties) {
        server = new WebhookServer(database, directory, clock, properties).start();
    }

    private static void answer(ResponseDefinitionBuilder response) {
        RECEIVER.stubFor(post(anyUrl()).willReturn(response));
    }

    private static void inTurn(ResponseDefinitionBuilder... responses) {
        String state = STARTED;
        for (int i = 0; i < responses.length; i++) {
            String next = "answered " + (i + 1);
            RECEIVER.stubFor(post(anyUrl())
                    .inScenario("receiver")
                    .whenScenarioStateIs(state)
                    .willReturn(responses[i])
                    .willSetStateTo(next));
            state = next;
        }
    }

    private static List<LoggedRequest> calls() {
        return RECEIVER.findAll(postRequestedFor(anyUrl()).withHeader("user-agent", equalTo("avatar-service")));
    }

    private WebhookDelivery awaitState(JobId job, WebhookState state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.delivery(job).state()).isEqualTo(state));
        return server.delivery(job);
    }

    private WebhookDelivery awaitAttempts(JobId job, int attempts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.delivery(job).attempts()).isEqualTo(attempts));
        return server.delivery(job);
    }

    private void awaitNothingScheduled() {
        await().atMost(PATIENCE)
                .until(() -> JdbcClient.create(database)
                                .sql("select count(*) from avatar_webhook_schedule")
                                .query(Integer.class)
                                .single()
                        == 0);
    }
}
