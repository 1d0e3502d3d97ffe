package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.support.TestMedia;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A server with keys: who may do what, and what answers carry. */
@TestPropertySource(
        properties = {
            "avatar.security.api-keys=orchestrator:" + ApiKeyIT.ORCHESTRATOR
                    + ",submitter:" + ApiKeyIT.SUBMITTER + ":submit"
                    + ",reader:{sha256}" + ApiKeyIT.READER_HASH + ":read"
                    + ",prometheus:" + ApiKeyIT.ADMIN + ":admin",
            "avatar.security.cors.allowed-origins=https://studio.example.org",
        })
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyIT extends ServerIT {

    static final String ORCHESTRATOR = "avk_orchestrators-secret";
    static final String SUBMITTER = "avk_submitters-secret";
    static final String READER = "avk_readers-secret";
    static final String READER_HASH = "a850e47212ebeb529f3d0e119cd5faab9e8c2b211cb7eb79bd75e83d7e4b8c42";
    static final String ADMIN = "avk_prometheus-secret";

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/jobs",
        "GET, /v1/jobs/some",
        "GET, /v1/jobs/some/events",
        "PUT, /v1/jobs/some",
        "DELETE, /v1/jobs/some",
        "POST, /v1/jobs",
        "GET, /v1/drivers",
        "GET, /v3/api-docs",
        "GET, /actuator",
        "GET, /actuator/prometheus",
        "GET, /actuator/info",
        "GET, /nothing/here",
        "POST, /media/some.mp4",
        "OPTIONS, /v1/jobs",
    })
    void withoutAKeyNothingIsAnswered(HttpMethod method, String path) {
        call(method, path, null)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("AUTHENTICATION")
                .jsonPath("$.retryable")
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer avk_somebody-elses",
                "Bearer " + ORCHESTRATOR + "x",
                "Bearer",
                "Bearer " + READER_HASH,
                "Basic b3JjaGVzdHJhdG9yOnNlY3JldA==",
                ORCHESTRATOR,
            })
    void aWrongKeyIsRefusedAndNotRepeated(String authorization, CapturedOutput output) {
        String body = http.get()
                .uri("/v1/jobs")
                .header(HttpHeaders.AUTHORIZATION, authorization)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body).doesNotContain("avk_");
        assertThat(output).doesNotContain("avk_");
    }

    @Test
    void generateRefusesInItsOwnShape() {
        post("/generate", goodRequest())
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("error")
                .jsonPath("$.code")
                .isEqualTo("AUTHENTICATION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void probesNeedNoKey(String path) {
        call(HttpMethod.GET, path, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components")
                .doesNotExist();
    }

    @Test
    void healthIsDetailedForThoseWhoMayRead() {
        call(HttpMethod.GET, "/actuator/health", READER)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.drivers.details.fake.ready")
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/jobs, 200, 403, 200, 403",
        "GET, /v1/drivers, 200, 403, 200, 403",
        "GET, /v3/api-docs, 200, 403, 200, 403",
        "GET, /v1/jobs/unknown, 404, 403, 404, 403",
        "GET, /v1/jobs/unknown/webhook, 404, 403, 404, 403",
        "POST, /v1/jobs/unknown/webhook/redeliver, 404, 404, 403, 403",
        "GET, /nothing/here, 404, 403, 404, 403",
        "POST, /v1/jobs, 415, 415, 403, 403",
        "PUT, /v1/jobs/some, 415, 415, 403, 403",
        "POST, /generate, 415, 415, 403, 403",
        "DELETE, /v1/jobs/unknown, 404, 404, 403, 403",
        "GET, /actuator/prometheus, 403, 403, 403, 200",
        "GET, /actuator/info, 403, 403, 403, 200",
    })
    void scopesDecide(HttpMethod method, String path, int orchestrator, int submitter, int reader, int admin) {
        assertThat(status(method, path, ORCHESTRATOR)).isEqualTo(orchestrator);
        assertThat(status(method, path, SUBMITTER)).isEqualTo(submitter);
        assertThat(status(method, path, READER)).isEqualTo(reader);
        assertThat(status(method, path, ADMIN)).isEqualTo(admin);
    }

    @Test
    void aMissingScopeIsNamedByItsKey() {
        call(HttpMethod.GET, "/v1/jobs", SUBMITTER)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("FORBIDDEN")
                .jsonPath("$.detail")
                .value(detail ->
                        assertThat((String) detail).contains("'submitter'").doesNotContain("avk_"));
    }

    @Test
    void aVideoPlaysWithoutAKeyButJobsAreShownWithOneOnly(CapturedOutput output) {
        JsonNode answer = post("/generate", goodRequest(), HttpHeaders.AUTHORIZATION, "Bearer " + ORCHESTRATOR)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        URI video = URI.create(answer.get("video_url").asText());

        http.get()
                .uri(video)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("video/mp4")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueMatches(HttpHeaders.CACHE_CONTROL, ".*private.*");
        http.head().uri(video).exchange().expectStatus().isOk().expectBody().isEmpty();
        assertThat(output).contains("of orchestrator waits").doesNotContain(ORCHESTRATOR);
    }

    @Test
    void callersMayUseTheSameIdempotencyKey() {
        Map<String, Object> other = request(
                "image_b64",
                base64(TestMedia.png()),
                "audio_b64",
                base64(TestMedia.wav(1)),
                "options",
                Map.of("seed", 2));

        String own = id(post("/v1/jobs", goodRequest(), headers(ORCHESTRATOR))
                .expectStatus()
                .isAccepted());
        String theirs =
                id(post("/v1/jobs", other, headers(SUBMITTER)).expectStatus().isAccepted());

        assertThat(theirs).isNotEqualTo(own);
        assertThat(id(post("/v1/jobs", goodRequest(), headers(ORCHESTRATOR)))).isEqualTo(own);
        assertThat(id(post("/v1/jobs", other, headers(SUBMITTER)))).isEqualTo(theirs);
    }

    @Test
    void theSameBatchOfAnotherCallerIsAnotherBatch() {
        Map<String, Object> batch = Map.of("jobs", List.of(goodRequest()));

        String own = id(
                post("/v1/batches", batch, headers(ORCHESTRATOR)).expectStatus().isAccepted());
        String theirs =
                id(post("/v1/batches", batch, headers(SUBMITTER)).expectStatus().isAccepted());

        assertThat(theirs).isNotEqualTo(own);
    }

    @Test
    void anIdThatAnotherCallerTookIsRefused() {
        put("monday", ORCHESTRATOR).expectStatus().isAccepted();

        put("monday", SUBMITTER)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("IDEMPOTENCY_KEY_REUSED")
                .jsonPath("$.detail")
                .isEqualTo("the job id was used before with another body or by another caller");
    }

    @Test
    void whateverIsLoggedForACallCarriesTheCaller() {
        Logger logger = (Logger) LoggerFactory.getLogger(Submissions.class);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        try {
            post("/v1/jobs", goodRequest(), HttpHeaders.AUTHORIZATION, "Bearer " + SUBMITTER)
                    .expectStatus()
                    .isAccepted();
        } finally {
            logger.detachAppender(events);
        }

        assertThat(events.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getMDCPropertyMap()).containsEntry("caller", "submitter"));
    }

    @Test
    void metricsNameTheCallerAndNotTheKey() {
        assertThat(status(HttpMethod.GET, "/v1/jobs", READER)).isEqualTo(200);
        assertThat(status(HttpMethod.GET, "/v1/jobs", null)).isEqualTo(401);

        String metrics = call(HttpMethod.GET, "/actuator/prometheus", ADMIN)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(metrics)
                .containsPattern("http_server_requests_seconds_count\\{caller=\"reader\"[^}]*uri=\"/v1/jobs\"")
                .contains("avatar_security_refused_total{code=\"AUTHENTICATION\"}")
                .doesNotContain("avk_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/jobs", "/v1/jobs/unknown", "/nothing/here", "/healthz"})
    void everyAnswerCarriesTheSecurityHeaders(String path) {
        call(HttpMethod.GET, path, READER)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("X-Frame-Options", "DENY")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .valueMatches("Content-Security-Policy", "default-src 'none';.*frame-ancestors 'none'")
                .expectHeader()
                .valueMatches(HttpHeaders.CACHE_CONTROL, ".*no-store.*")
                .expectHeader()
                .doesNotExist("Strict-Transport-Security");
    }

    @Test
    void browsersAreToldToStayWithHttpsWhereTheyCameByIt() {
        http.get()
                .uri("/healthz")
                .header("X-Forwarded-Proto", "https")
                .exchange()
                .expectHeader()
                .valueMatches("Strict-Transport-Security", "max-age=.*");
    }

    @Test
    void websitesThatAreNotAllowedMayNotCall() {
        http.post()
                .uri("/v1/jobs")
                .header(HttpHeaders.ORIGIN, "https://evil.example.org")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + ORCHESTRATOR)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(goodRequest())
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        preflight("https://evil.example.org").expectStatus().isForbidden();
    }

    @Test
    void allowedWebsitesMayCallAndReadWhatTheyNeed() {
        preflight("https://studio.example.org")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "https://studio.example.org")
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS);
        http.get()
                .uri("/v1/jobs")
                .header(HttpHeaders.ORIGIN, "https://studio.example.org")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + READER)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ".*Location.*");
    }

    @Test
    void addressesThatAreWrittenToConfuseLeadNowhere() {
        http.get()
                .uri(URI.create("http://localhost:" + port + "/v1//jobs;x=1"))
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + READER)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
    }

    private static String[] headers(String key) {
        return new String[] {HttpHeaders.AUTHORIZATION, "Bearer " + key, "Idempotency-Key", "monday"};
    }

    private static String id(WebTestClient.ResponseSpec answer) {
        return answer.expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    private WebTestClient.ResponseSpec put(String id, String key) {
        return http.put()
                .uri("/v1/jobs/" + id)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(goodRequest())
                .exchange();
    }

    private WebTestClient.ResponseSpec preflight(String origin) {
        return http.options()
                .uri("/v1/jobs")
                .header(HttpHeaders.ORIGIN, origin)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "authorization,idempotency-key")
                .exchange();
    }

    private int status(HttpMethod method, String path, @Nullable String key) {
        return call(method, path, key).expectBody().returnResult().getStatus().value();
    }

    private WebTestClient.ResponseSpec call(HttpMethod method, String path, @Nullable String key) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(path);
        if (key != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
        return request.exchange();
    }
}
