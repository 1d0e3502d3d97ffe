package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What surrounds the jobs: drivers, health, metrics, the API description, and the framework's own errors. */
class ServerSurfaceIT extends ServerIT {

    @Test
    void healthzIsAsOrchestratorsExpectIt() {
        http.get().uri("/healthz").exchange().expectStatus().isOk().expectBody().json("{\"ok\":true}");
    }

    @Test
    void driversAreDescribed() {
        JsonNode drivers = json("/v1/drivers");

        assertThat(drivers.get("default_driver").asText()).isEqualTo("fake");
        assertThat(drivers.at("/limits/max_audio_seconds").asInt()).isEqualTo(20);
        JsonNode fake = null;
        for (JsonNode driver : drivers.get("drivers")) {
            fake = driver.get("name").asText().equals("fake") ? driver : fake;
        }
        assertThat(fake).isNotNull();
        assertThat(fake.get("ready").asBoolean()).isTrue();
        assertThat(fake.get("max_side").asInt()).isEqualTo(64);
        assertThat(fake.at("/options/0/name").asText()).isEqualTo("seed");
        assertThat(fake.at("/options/0/default").asInt()).isEqualTo(1);
        assertThat(fake.at("/options/0/maximum").asInt()).isEqualTo(1000);
    }

    @Test
    void probesAndMetricsAreServed() {
        awaitStatus(submit(), "completed");

        assertThat(json("/actuator/health/liveness").get("status").asText()).isEqualTo("UP");
        assertThat(json("/actuator/health/readiness").get("status").asText()).isEqualTo("UP");
        String metrics = http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(metrics)
                .contains("avatar_jobs_queued ", "avatar_jobs_running ")
                .contains("avatar_jobs_duration_seconds_count{driver=\"fake\",outcome=\"completed\"}");
    }

    @Test
    void theApiDescriptionHasEveryOperationWithItsErrors() {
        JsonNode api = json("/v3/api-docs");

        List<String> operations = new ArrayList<>();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(method + " " + path.getKey())));
        assertThat(operations)
                .containsExactlyInAnyOrder(
                        "post /generate",
                        "get /healthz",
                        "post /v1/jobs",
                        "get /v1/jobs",
                        "put /v1/jobs/{id}",
                        "get /v1/jobs/{id}",
                        "delete /v1/jobs/{id}",
                        "get /v1/jobs/{id}/events",
                        "post /v1/jobs/{id}/video-url",
                        "get /v1/jobs/{id}/webhook",
                        "post /v1/jobs/{id}/webhook/redeliver",
                        "post /v1/batches",
                        "get /v1/batches/{id}",
                        "get /v1/drivers",
                        "get /media/{file}");
        api.get("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.path("summary").asText()).isNotBlank();
                    assertThat(operation.path("responses").has("500")).isTrue();
                    operation
                            .path("parameters")
                            .forEach(parameter -> assertThat(
                                            parameter.path("description").asText())
                                    .as(parameter.toString())
                                    .isNotBlank());
                }));
        assertThat(api.at("/components/schemas/RenderForm/properties").has("image_b64"))
                .isTrue();
        assertThat(api.at("/components/schemas/RenderForm/properties/image/format")
                        .asText())
                .isEqualTo("binary");
        assertThat(api.at("/components/schemas/RenderRequest/properties/image_b64")
                        .isMissingNode())
                .isFalse();
        assertThat(api.at("/paths/~1v1~1batches/post/requestBody/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/BatchRequest");
        assertThat(api.at("/components/schemas/BatchRequest/properties/jobs").isMissingNode())
                .isFalse();
        assertThat(api.at("/components/schemas/Job/properties/queue_position").isMissingNode())
                .isFalse();
        assertThat(api.at("/paths/~1v1~1jobs/post/responses/413/content/application~1problem+json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem");
        assertThat(api.at("/paths/~1generate/post/responses/400/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Generation");
        assertThat(api.at("/paths/~1v1~1jobs/post/security/0").has("apiKey")).isTrue();
        assertThat(api.at("/paths/~1healthz/get").has("security")).isFalse();
        assertThat(api.at("/components/securitySchemes/apiKey/scheme").asText()).isEqualTo("bearer");
        assertThat(api.at("/paths/~1generate/post/requestBody/content").has("multipart/form-data"))
                .isTrue();
        assertThat(api.at("/paths/~1v1~1jobs/post/callbacks/jobEnded")
                        .findValue("requestBody")
                        .at("/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/WebhookMessage");
        assertThat(api.at("/components/schemas/WebhookMessage/properties/data/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Job");
    }

    @Test
    void errorsOfTheFrameworkAreProblemsToo() {
        problem(call(HttpMethod.GET, "/nothing/here"), 404, "NOT_FOUND");
        problem(call(HttpMethod.DELETE, "/v1/drivers"), 405, "METHOD_NOT_ALLOWED");
        problem(
                http.post()
                        .uri("/v1/jobs")
                        .contentType(MediaType.TEXT_PLAIN)
                        .bodyValue("hello")
                        .exchange(),
                415,
                "UNSUPPORTED_MEDIA");
        problem(
                http.post()
                        .uri("/v1/jobs")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .bodyValue("no parts at all")
                        .exchange(),
                400,
                "INVALID_REQUEST");
    }

    @Test
    void generateKeepsItsShapeForErrorsOfTheFramework() {
        http.post()
                .uri("/generate")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("hello")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("error")
                .jsonPath("$.code")
                .isEqualTo("UNSUPPORTED_MEDIA");
    }

    private ResponseSpec call(HttpMethod method, String path) {
        return http.method(method).uri(path).exchange();
    }

    private static void problem(ResponseSpec response, int status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.detail")
                .isNotEmpty();
    }

    private JsonNode json(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }
}
