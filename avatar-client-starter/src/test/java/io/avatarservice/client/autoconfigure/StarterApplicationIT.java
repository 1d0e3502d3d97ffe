package io.avatarservice.client.autoconfigure;

import static com.github.tomakehurst.wiremock.client.WireMock.badRequest;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.jayway.jsonpath.JsonPath;
import io.avatarservice.client.AvatarClient;
import io.avatarservice.did.fake.FakeDid;
import io.avatarservice.did.fake.FakeTalk;
import io.avatarservice.did.fake.Operation;
import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.MediaSource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.SenderContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import reactor.core.Disposable;

/** A whole application, with everything that Spring Boot and the starter configure by themselves. */
@Timeout(120)
class StarterApplicationIT {

    private static final AvatarRequest REQUEST = AvatarRequest.of(
            MediaSource.url(URI.create("https://media.example.com/portrait.png")),
            MediaSource.url(URI.create("https://media.example.com/speech.wav")));

    @RegisterExtension
    static final FakeDid DID = new FakeDid();

    @RegisterExtension
    static final WireMockExtension OWN_SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void rollbackNeedsOnePropertyAndTheKey(@TempDir Path directory) {
        AvatarClient client = start("avatar.provider=d-id").getBean(AvatarClient.class);

        AvatarVideo video = client.renderBlocking(REQUEST);

        assertThat(video.provider()).hasToString("d-id");
        assertThat(client.downloadBlocking(video, directory.resolve("v.mp4"))).isNotEmptyFile();
        assertThat(DID.talksBilled()).isEqualTo(1);
    }

    @Test
    void fallbackTakesOverWhereTheServerIsDown() {
        OWN_SERVER.stubFor(post("/v1/jobs").willReturn(serviceUnavailable()));
        AvatarClient client = start("avatar.failover.providers=d-id", "avatar.client.retry.max-retries=0")
                .getBean(AvatarClient.class);

        AvatarVideo video = client.renderBlocking(REQUEST);

        assertThat(video.attempts())
                .extracting(attempt -> attempt.provider().value(), AvatarAttempt::outcome)
                .containsExactly(
                        tuple("sadtalker", AvatarAttempt.Outcome.FAILED),
                        tuple("d-id", AvatarAttempt.Outcome.SUCCEEDED));
    }

    @Test
    void healthTellsOfEachProviderInUse() throws Exception {
        OWN_SERVER.stubFor(get("/healthz").willReturn(okJson("{\"ok\": true}")));
        OWN_SERVER.stubFor(
                get("/v1/drivers").willReturn(okJson("{\"drivers\": [{\"name\": \"preview\", \"ready\": true}]}")));
        start("avatar.failover.providers=d-id");

        HttpResponse<String> health = call("GET", "/actuator/health/avatar", "");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(JsonPath.<String>read(health.body(), "$.status")).isEqualTo("UP");
        assertThat(JsonPath.<List<String>>read(health.body(), "$.components.sadtalker.details['drivers.ready']"))
                .containsExactly("preview");
        assertThat(JsonPath.<String>read(health.body(), "$.components.d-id.status"))
                .isEqualTo("UP");
    }

    @Test
    void healthTellsOfNobodyElse() throws Exception {
        OWN_SERVER.stubFor(get("/healthz").willReturn(serviceUnavailable()));
        start();

        HttpResponse<String> health = call("GET", "/actuator/health/avatar", "");

        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(JsonPath.<String>read(health.body(), "$.components.sadtalker.details.kind"))
                .isEqualTo("UNAVAILABLE");
        assertThat(JsonPath.<Map<String, Object>>read(health.body(), "$.components"))
                .containsOnlyKeys("sadtalker");
        assertThat(DID.calls(Operation.CREDITS)).isZero();
    }

    @Test
    void rendersAndTheirAttemptsAreMetrics() throws Exception {
        start("avatar.provider=d-id").getBean(AvatarClient.class).renderBlocking(REQUEST);

        for (String metric : List.of("avatar.client.operation", "avatar.client.attempt")) {
            HttpResponse<String> measured =
                    call("GET", "/actuator/metrics/" + metric + "?tag=avatar.provider:d-id", "");

            assertThat(JsonPath.<List<Double>>read(measured.body(), "$.measurements[?(@.statistic == 'COUNT')].value"))
                    .as(metric)
                    .containsExactly(1.0);
        }
    }

    @Test
    void callsOfTheProviderBelongToTheRender() {
        ConfigurableApplicationContext context = start("avatar.provider=d-id");

        context.getBean(AvatarClient.class).renderBlocking(REQUEST);

        Awaitility.await()
                .untilAsserted(() -> assertThat(context.getBean(Parents.class).ofHttpCalls)
                        .hasSizeGreaterThan(1)
                        .containsOnly("avatar.client.operation"));
    }

    @Test
    void theTraceGoesToTheServer() {
        OWN_SERVER.stubFor(post("/v1/jobs").willReturn(badRequest()));
        AvatarClient client = start("avatar.provider=sadtalker").getBean(AvatarClient.class);

        assertThatThrownBy(() -> client.renderBlocking(REQUEST)).isInstanceOf(AvatarException.class);

        OWN_SERVER.verify(
                postRequestedFor(urlEqualTo("/v1/jobs")).withHeader("traceparent", equalTo(TraceWriter.TRACEPARENT)));
    }

    @Test
    void webhookWakesThePoller() throws Exception {
        DID.statuses("created", "done");
        ConfigurableApplicationContext context = start(
                "avatar.provider=d-id",
                "avatar.client.poll-interval=1h",
                "avatar.client.max-poll-interval=1h",
                "avatar.client.deadline=1d",
                "avatar.failover.job-deadline=1d",
                "avatar.webhook.enabled=true",
                "avatar.webhook.public-url=https://orchestrator.example.com");
        List<AvatarVideo> videos = new ArrayList<>();
        Disposable render = context.getBean(AvatarClient.class).render(REQUEST).subscribe(videos::add);
        Awaitility.await().until(() -> DID.talksCreated() == 1);
        FakeTalk talk = DID.talks().get(0);
        URI webhook = URI.create(Objects.requireNonNull(talk.webhook()));

        assertThat(webhook).hasHost("orchestrator.example.com");
        HttpResponse<String> answer =
                call("POST", webhook.getPath(), "{\"id\": \"" + talk.id() + "\", \"status\": \"done\"}");
        assertThat(answer.statusCode()).isEqualTo(204);

        Awaitility.await().until(render::isDisposed);
        assertThat(videos)
                .singleElement()
                .satisfies(video -> assertThat(video.jobId()).hasToString(talk.id()));
        assertThat(call("POST", webhook.getPath(), "{}").statusCode())
                .as("a call that comes too late is taken, too")
                .isEqualTo(204);
    }

    @Test
    void breakersFollowTheApplicationsResilience4jSettings() {
        ConfigurableApplicationContext context = start(
                "avatar.provider=d-id",
                "resilience4j.circuitbreaker.instances.avatar-d-id-submit.sliding-window-size=7");

        context.getBean(AvatarClient.class).renderBlocking(REQUEST);

        assertThat(context.getBean(CircuitBreakerRegistry.class)
                        .circuitBreaker("avatar-d-id-submit")
                        .getCircuitBreakerConfig()
                        .getSlidingWindowSize())
                .isEqualTo(7);
    }

    private ConfigurableApplicationContext start(String... properties) {
        application = new SpringApplicationBuilder(Orchestrator.class)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.main.web-application-type=reactive",
                        "server.port=0",
                        "management.endpoints.web.exposure.include=health,metrics",
                        "management.endpoint.health.show-details=always",
                        "avatar.client.poll-interval=10ms",
                        "avatar.service.base-url=" + OWN_SERVER.baseUrl(),
                        "avatar.d-id.base-url=" + DID.baseUrl(),
                        "avatar.d-id.api-key=" + FakeDid.API_KEY)
                .run(Arrays.stream(properties).map(property -> "--" + property).toArray(String[]::new));
        return application;
    }

    /** With the JDK's client, because Spring's test clients differ between the versions that this runs on. */
    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        String port = Objects.requireNonNull(application).getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orchestrator {

        @Bean
        Parents parents() {
            return new Parents();
        }

        @Bean
        TraceWriter traceWriter() {
            return new TraceWriter();
        }
    }

    /** Whose children the calls of the HTTP clients are. */
    static final class Parents implements ObservationHandler<ClientRequestObservationContext> {

        final List<String> ofHttpCalls = new CopyOnWriteArrayList<>();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ClientRequestObservationContext;
        }

        @Override
        public void onStart(ClientRequestObservationContext context) {
            ObservationView parent = context.getParentObservation();
            ofHttpCalls.add(parent == null ? "none" : parent.getContextView().getName());
        }
    }

    /** Does what a tracer does with a call: hands it the trace. */
    static final class TraceWriter implements ObservationHandler<SenderContext<Object>> {

        static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }

        @Override
        public void onStart(SenderContext<Object> context) {
            context.getSetter().set(context.getCarrier(), "traceparent", TRACEPARENT);
        }
    }
}
