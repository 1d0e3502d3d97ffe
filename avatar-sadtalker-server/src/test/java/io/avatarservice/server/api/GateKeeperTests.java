package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class GateKeeperTests {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final SubmissionGate gate = new SubmissionGate(1, timer);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger passed = new AtomicInteger();
    private final MockServerHttpResponse response = new MockServerHttpResponse();
    private final HttpHandler door = new GateKeeper(
                    gate, new FailureHandler(new ObjectMapper(), properties(), registry))
            .apply((request, answer) -> Mono.fromRunnable(passed::incrementAndGet));

    @AfterEach
    void stop() {
        timer.dispose();
    }

    @ParameterizedTest
    @CsvSource({"POST,/v1/jobs", "POST,/generate", "PUT,/v1/jobs/a", "POST,/v1/batches"})
    void aSubmissionThatFindsTheGateFullGoesNoFurther(String method, String path) {
        fill();

        call(HttpMethod.valueOf(method), path);

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
    @CsvSource({"GET,/v1/jobs", "GET,/v1/jobs/a", "DELETE,/v1/jobs/a", "GET,/healthz", "POST,/v1/jobs/a/video-url"})
    void whatIsNoSubmissionPassesAlways(String method, String path) {
        fill();

        call(HttpMethod.valueOf(method), path);

        assertThat(passed).hasValue(1);
    }

    @Test
    void theAnswerIsAProblemLikeAnyOtherAndIsCounted() throws IOException {
        fill();

        call(HttpMethod.POST, "/v1/jobs");

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

        call(HttpMethod.POST, "/generate");

        assertThat(response.getHeaders().getContentType()).hasToString("application/json");
        assertThat(body().get("status").asText()).isEqualTo("error");
    }

    private void fill() {
        gate.enter(MockServerWebExchange.from(MockServerHttpRequest.post("/v1/jobs")));
    }

    private void call(HttpMethod method, String path) {
        StepVerifier.create(door.handle(
                        MockServerHttpRequest.method(method, path).body("a body that nobody reads"), response))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    private JsonNode body() throws IOException {
        return new ObjectMapper().readTree(response.getBodyAsString().block(Duration.ofSeconds(30)));
    }

    private static ServerProperties properties() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("avatar.server", ServerProperties.class);
    }
}
