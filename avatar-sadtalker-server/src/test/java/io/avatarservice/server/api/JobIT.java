package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.support.TestMedia;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class JobIT extends ServerIT {

    @Test
    void aCompletedJobTellsAllAboutItsVideo() {
        JsonNode job = awaitStatus(submit(), "completed");

        assertThat(names(job))
                .containsExactly(
                        "id",
                        "status",
                        "driver",
                        "stage",
                        "progress",
                        "queue_position",
                        "priority",
                        "deadline",
                        "attempts",
                        "created_at",
                        "started_at",
                        "finished_at",
                        "result",
                        "error",
                        "timings");
        assertThat(names(job.get("result")))
                .containsExactly(
                        "video_url",
                        "expires_at",
                        "content_type",
                        "size_bytes",
                        "duration_seconds",
                        "width",
                        "height",
                        "frame_rate",
                        "frame_count");
        assertThat(names(job.get("timings")))
                .containsExactly("queued_ms", "fetching_ms", "analyzing_ms", "rendering_ms", "storing_ms");
        assertThat(job.get("progress").asDouble()).isEqualTo(1);
        assertThat(job.get("stage").isNull()).isTrue();
        assertThat(job.get("error").isNull()).isTrue();
        assertThat(job.at("/result/content_type").asText()).isEqualTo("video/mp4");
        assertThat(job.at("/result/duration_seconds").asDouble()).isEqualTo(1);
        assertThat(job.at("/result/frame_count").asInt()).isEqualTo(25);
        assertThat(job.at("/timings/rendering_ms").isNumber()).isTrue();
    }

    @Test
    void aRunningJobTellsItsStageAndProgress() {
        String id = occupyWorker();

        await().atMost(PATIENCE).until(() -> job(id).get("progress").asDouble() > 0);

        JsonNode job = job(id);
        assertThat(job.get("stage").asText()).isEqualTo("rendering");
        assertThat(job.get("started_at").isTextual()).isTrue();
        assertThat(job.get("finished_at").isNull()).isTrue();
    }

    @Test
    void cancellingStopsTheRender() {
        String id = occupyWorker();
        int videos = videos().size();

        http.delete()
                .uri("/v1/jobs/" + id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("cancelled");

        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        assertThat(job(id).get("status").asText()).isEqualTo("cancelled");
        assertThat(videos()).hasSize(videos);
        http.delete().uri("/v1/jobs/" + id).exchange().expectStatus().isOk();
    }

    @Test
    void cancellingTakesAWaitingJobOutOfTheQueue() {
        occupyWorker();
        String first = submit();
        String second = submit();
        assertThat(job(second).get("queue_position").asInt()).isEqualTo(2);

        http.delete().uri("/v1/jobs/" + first).exchange().expectStatus().isOk();

        assertThat(job(second).get("queue_position").asInt()).isEqualTo(1);
        assertThat(job(first).get("queue_position").isNull()).isTrue();
    }

    @Test
    void anUrgentJobIsNext() {
        occupyWorker();
        String normal = submit();

        Map<String, Object> urgent = new LinkedHashMap<>(goodRequest());
        urgent.put("priority", 7);
        urgent.put("deadline", "2130-01-01T12:00:00Z");
        urgent.put("ttl_seconds", 60);
        JsonNode job = post("/v1/jobs", urgent)
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(job.get("queue_position").asInt()).isEqualTo(1);
        assertThat(job.get("priority").asInt()).isEqualTo(7);
        assertThat(job.get("deadline").asText()).isEqualTo("2130-01-01T12:00:00Z");
        assertThat(job(normal).get("queue_position").asInt()).isEqualTo(2);
    }

    @Test
    void badTermsAreNamed() {
        for (Map.Entry<String, Object> term : Map.<String, Object>of(
                        "priority", 11, "deadline", "soon", "ttl_seconds", "60")
                .entrySet()) {
            Map<String, Object> request = new LinkedHashMap<>(goodRequest());
            request.put(term.getKey(), term.getValue());

            post("/v1/jobs", request)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(term.getKey());
        }
    }

    @Test
    void aFinishedJobCannotBeCancelled() {
        String id = submit();
        awaitStatus(id, "completed");

        http.delete()
                .uri("/v1/jobs/" + id)
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("CONFLICT");
    }

    @Test
    void aFullQueueSaysWhenToComeBack() {
        occupyWorker();
        submit();
        submit();

        post("/v1/jobs", goodRequest())
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "10")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("QUEUE_FULL")
                .jsonPath("$.retryable")
                .isEqualTo(true)
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("2 jobs"));
    }

    @Test
    void theSameIdempotencyKeyAndBodyMakeOneJob() {
        String first = id(post("/v1/jobs", goodRequest(), "Idempotency-Key", "one")
                .expectStatus()
                .isAccepted());
        String second = id(post("/v1/jobs", goodRequest(), "Idempotency-Key", "one"));

        assertThat(second).isEqualTo(first);
        awaitStatus(first, "completed");
        assertThat(id(post("/v1/jobs", goodRequest(), "Idempotency-Key", "one")
                        .expectStatus()
                        .isOk()))
                .isEqualTo(first);
    }

    @Test
    void anIdempotencyKeyIsRefusedWithAnotherBody() {
        String id = id(post("/v1/jobs", goodRequest(), "Idempotency-Key", "two"));
        Map<String, Object> other = goodRequest();
        other.put("options", Map.of("seed", 2));

        post("/v1/jobs", other, "Idempotency-Key", "two")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("IDEMPOTENCY_KEY_REUSED")
                .jsonPath("$.errors[0].field")
                .isEqualTo("Idempotency-Key");
        awaitStatus(id, "completed");
    }

    @Test
    void aMalformedIdempotencyKeyIsRefused() {
        post("/v1/jobs", goodRequest(), "Idempotency-Key", "x".repeat(256))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void puttingAJobTwiceMakesOne() {
        int renders = driver.renders();
        assertThat(id(put("my-job-1", goodRequest()).expectStatus().isAccepted()))
                .isEqualTo("my-job-1");
        awaitStatus("my-job-1", "completed");

        put("my-job-1", goodRequest()).expectStatus().isOk();

        assertThat(driver.renders()).isEqualTo(renders + 1);
        Map<String, Object> other =
                ServerIT.request("image_b64", base64(TestMedia.png()), "audio_b64", base64(TestMedia.wav(2)));
        put("my-job-1", other).expectStatus().isEqualTo(422);
        put("-", goodRequest()).expectStatus().isBadRequest();
    }

    @Test
    void jobsAreListedInPagesNewestFirst() {
        String oldest = submit();
        awaitStatus(oldest, "completed");
        String middle = submit();
        awaitStatus(middle, "completed");
        String newest = submit();
        awaitStatus(newest, "completed");

        JsonNode first = list("?limit=2&status=completed");
        assertThat(ids(first)).containsExactly(newest, middle);

        JsonNode second = list(
                "?limit=1&status=completed&cursor=" + first.get("next_cursor").asText());
        assertThat(ids(second)).containsExactly(oldest);
        assertThat(ids(list("?status=running"))).isEmpty();
    }

    @Test
    void badListParametersAreNamed() {
        for (String parameter : List.of("limit=0", "limit=x", "status=done", "cursor=!")) {
            http.get()
                    .uri("/v1/jobs?" + parameter)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(parameter.substring(0, parameter.indexOf('=')));
        }
    }

    @Test
    void anUnknownJobIsNotFound() {
        for (String path : List.of("/v1/jobs/nobody", "/v1/jobs/nobody/events", "/v1/jobs/..%2f")) {
            http.get()
                    .uri(URI.create("http://localhost:" + port + path))
                    .accept(MediaType.ALL)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("NOT_FOUND");
        }
    }

    private ResponseSpec put(String id, Object body) {
        return http.put()
                .uri("/v1/jobs/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String id(ResponseSpec response) {
        return response.expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    private JsonNode list(String query) {
        return http.get()
                .uri("/v1/jobs" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("jobs").forEach(job -> ids.add(job.get("id").asText()));
        return ids;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
