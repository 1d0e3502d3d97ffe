package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.security.UnreadBody;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class GateKeeperTests {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final SubmissionGate gate = new SubmissionGate(1, timer);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger passed = new AtomicInteger();
    private final MockServerHttpResponse response = new MockServerHttpResponse();
    private final JobService jobs = mock();
    private final HttpHandler door = new GateKeeper(
                    gate, jobs, new FailureHandler(new ObjectMapper(), properties(), registry))
            .apply((request, answer) -> Mono.fromRunnable(passed::incrementAndGet));

    @AfterEach
    void stop() {
        timer.dispose();
    }

    @ParameterizedTest
    @CsvSource({"POST,/v1/jobs", "POST,/generate", "PUT,/v1/jobs/a", "POST,/v1/batches"})
    void aSubmissionWhoseTurnComesTooLateGoesNoFurther(String method, String path) {
        fill();

        late(HttpMethod.valueOf(method), path);

        assertThat(passed).hasValue(0);
        assertThat(response.getStatusCode().value()).isEqualTo(429);
        assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"POST,/v1/jobs", "POST,/generate", "PUT,/v1/jobs/a", "POST,/v1/batches"})
    void aSubmissionPassesWhileThereIsRoom(String method, String path) {
        call(HttpMethod.valueOf(method), path);

        assertThat(passed).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"POST,/v1/jobs", "POST,/generate", "PUT,/v1/jobs/a", "POST,/v1/batches"})
    void aSubmissionThatFindsTheGateFullPassesInItsTurn(String method, String path) {
        SubmissionGate.Place inside = fill();
        StepVerifier.Step<Void> waiting = StepVerifier.create(handle(HttpMethod.valueOf(method), path))
                .expectSubscription()
                .then(() -> assertThat(passed).hasValue(0))
                .then(inside::leave)
                .then(timer::advanceTime);

        waiting.expectComplete().verify(LONGEST);

        assertThat(passed).hasValue(1);
    }

    @Test
    void whoWaitedIsNotLetInWhereTheQueueIsFullByThen() throws IOException {
        when(jobs.looksFull()).thenReturn(true);
        when(jobs.queueFull()).thenReturn(new ProblemException(ProblemCode.QUEUE_FULL, "the queue is full"));
        SubmissionGate.Place inside = fill();

        StepVerifier.create(handle(HttpMethod.POST, "/v1/jobs"))
                .expectSubscription()
                .then(() -> wait(inside))
                .expectComplete()
                .verify(LONGEST);

        assertThat(passed).hasValue(0);
        assertThat(response.getStatusCode().value()).isEqualTo(503);
        assertThat(body().get("code").asText()).isEqualTo("QUEUE_FULL");
    }

    @Test
    void whoMayHaveBeenAcceptedBeforeIsLetInAllTheSame() {
        when(jobs.looksFull()).thenReturn(true);
        SubmissionGate.Place inside = fill();

        StepVerifier.create(handle(HttpMethod.PUT, "/v1/jobs/a"))
                .expectSubscription()
                .then(() -> wait(inside))
                .expectComplete()
                .verify(LONGEST);

        assertThat(passed).hasValue(1);
    }

    @Test
    void thePlaceIsFreeAgainWhenTheAnswerIsComplete() {
        call(HttpMethod.POST, "/v1/jobs");
        call(HttpMethod.POST, "/v1/jobs");

        assertThat(passed).hasValue(2);
    }

    @Test
    void aHandlerThatRefusesTheBodyGivesItsPlaceBackBeforeTheBodyHasCome() {
        MockServerHttpRequest slow = MockServerHttpRequest.post("/v1/jobs").body(Flux.never());
        Disposable refused = new GateKeeper(gate, jobs, new FailureHandler(new ObjectMapper(), properties(), registry))
                .apply((request, answer) -> UnreadBody.dropped(request))
                .handle(slow, new MockServerHttpResponse())
                .subscribe();

        call(HttpMethod.POST, "/v1/jobs");

        assertThat(passed).hasValue(1);
        refused.dispose();
    }

    @ParameterizedTest
    @CsvSource({"GET,/v1/jobs", "GET,/v1/jobs/a", "DELETE,/v1/jobs/a", "GET,/healthz", "POST,/v1/jobs/a/video-url"})
    void whatIsNoSubmissionPassesAlways(String method, String path) {
        fill();

        call(HttpMethod.valueOf(method), path);

        assertThat(passed).hasValue(1);
    }

    @Test
    void theAnswerIsAProblemLikeAnyOtherAndIsCounted() throws IOException {
        fill();

        late(HttpMethod.POST, "/v1/jobs");

        assertThat(response.getHeaders().getContentType()).hasToString("application/problem+json");
        assertThat(body().get("code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(body().get("retryable").asBoolean()).isTrue();
        assertThat(registry.get("avatar.api.problems")
                        .tag("code", "RATE_LIMITED")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void callersOfGenerateGetTheShapeThatTheyKnow() throws IOException {
        fill();

        late(HttpMethod.POST, "/generate");

        assertThat(response.getHeaders().getContentType()).hasToString("application/json");
        assertThat(body().get("status").asText()).isEqualTo("error");
    }

    private SubmissionGate.Place fill() {
        return gate.enter().blockOptional(LONGEST).orElseThrow();
    }

    /** Comes while the gate is full, and is called when the place there has ended by itself. */
    private void late(HttpMethod method, String path) {
        StepVerifier.create(handle(method, path))
                .expectSubscription()
                .then(() -> timer.advanceTimeBy(Duration.ofSeconds(1)))
                .expectComplete()
                .verify(LONGEST);
    }

    private void wait(SubmissionGate.Place inside) {
        timer.advanceTimeBy(Duration.ofMillis(50));
        inside.leave();
        timer.advanceTime();
    }

    private void call(HttpMethod method, String path) {
        StepVerifier.create(handle(method, path)).expectComplete().verify(LONGEST);
    }

    private Mono<Void> handle(HttpMethod method, String path) {
        return door.handle(MockServerHttpRequest.method(method, path).body("a body that nobody reads"), response);
    }

    private JsonNode body() throws IOException {
        return new ObjectMapper().readTree(response.getBodyAsString().block(LONGEST));
    }

    private static ServerProperties properties() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("avatar.server", ServerProperties.class);
    }
}
