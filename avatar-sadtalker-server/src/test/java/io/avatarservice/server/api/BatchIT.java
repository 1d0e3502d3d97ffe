package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.support.TestMedia;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class BatchIT extends ServerIT {

    @Test
    void goodJobsAreAcceptedBesideBadOnes() {
        EntityExchangeResult<JsonNode> answer = accepted(
                batch(goodRequest(), request("image_b64", "!", "audio_b64", base64(TestMedia.wav(1))), goodRequest()));

        JsonNode batch = answer.getResponseBody();
        assertThat(batch.at("/counts/refused").asInt()).isEqualTo(1);
        JsonNode refused = batch.at("/jobs/1");
        assertThat(refused.get("index").asInt()).isEqualTo(1);
        assertThat(refused.get("job").isNull()).isTrue();
        assertThat(refused.at("/error/code").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.at("/error/field").asText()).isEqualTo("image_b64");
        awaitStatus(batch.at("/jobs/0/job_id").asText(), "completed");
        awaitStatus(batch.at("/jobs/2/job_id").asText(), "completed");

        JsonNode later = get(answer.getResponseHeaders().getFirst(HttpHeaders.LOCATION));
        assertThat(later.get("id").asText()).isEqualTo(batch.get("id").asText());
        assertThat(later.at("/counts/completed").asInt()).isEqualTo(2);
        assertThat(later.at("/counts/refused").asInt()).isEqualTo(1);
        assertThat(later.at("/jobs/2/job/result/video_url").asText()).contains("/media/");
        assertThat(later.at("/jobs/1/error/code").asText()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void whatFollowsAFieldThatIsRefusedIsReadOver() {
        Map<String, Object> bad = new LinkedHashMap<>();
        bad.put("driver", 1);
        bad.put("options", Map.of("nested", List.of(Map.of("deep", 1))));
        bad.putAll(goodRequest());

        JsonNode batch = accepted(batch(bad, goodRequest())).getResponseBody();

        assertThat(batch.at("/jobs/0/error/field").asText()).isEqualTo("driver");
        awaitStatus(batch.at("/jobs/1/job_id").asText(), "completed");
    }

    @Test
    void sendingABatchAgainMakesNoSecondJobs() {
        int renders = driver.renders();
        Object batch = batch(goodRequest(), goodRequest());
        JsonNode first = accepted(batch, "Idempotency-Key", "batch-1").getResponseBody();
        awaitStatus(first.at("/jobs/1/job_id").asText(), "completed");

        JsonNode second = accepted(batch, "Idempotency-Key", "batch-1").getResponseBody();

        assertThat(second.get("id")).isEqualTo(first.get("id"));
        assertThat(second.at("/jobs/0/job_id")).isEqualTo(first.at("/jobs/0/job_id"));
        assertThat(second.at("/jobs/1/job_id")).isEqualTo(first.at("/jobs/1/job_id"));
        awaitStatus(first.at("/jobs/0/job_id").asText(), "completed");
        assertThat(driver.renders()).isEqualTo(renders + 2);
    }

    @Test
    void whatTheQueueCannotTakeMayBeSentAgain() {
        occupyWorker();
        Object batch = batch(goodRequest(), goodRequest(), goodRequest());

        JsonNode first = accepted(batch, "Idempotency-Key", "batch-2").getResponseBody();
        assertThat(first.at("/counts/queued").asInt()).isEqualTo(2);
        assertThat(first.at("/jobs/2/error/code").asText()).isEqualTo("QUEUE_FULL");
        assertThat(first.at("/jobs/2/error/retryable").asBoolean()).isTrue();
        driver.release();
        awaitStatus(first.at("/jobs/1/job_id").asText(), "completed");

        JsonNode second = accepted(batch, "Idempotency-Key", "batch-2").getResponseBody();

        assertThat(second.at("/jobs/2/error").isNull()).isTrue();
        awaitStatus(second.at("/jobs/2/job_id").asText(), "completed");
    }

    @Test
    void aBatchOfWhichNothingIsAcceptedFails() {
        post("/v1/batches", batch(Map.of(), Map.of()))
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("jobs[0].image")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).startsWith("none of the 2 jobs was accepted"));
    }

    @Test
    void aBatchThatIsNoneIsRefusedAsAWhole() {
        for (Map.Entry<String, Integer> bad : Map.of(
                        "{}", 400,
                        "[]", 400,
                        "{\"jobs\": []}", 400,
                        "{\"jobs\": [1]}", 400,
                        "{\"jobs\": {}}", 400,
                        "{\"jobs\": [{}], \"more\": 1}", 400,
                        "{\"jobs\": [{}", 400,
                        "{\"jobs\": [{}, {}, {}, {}]}", 413)
                .entrySet()) {
            post("/v1/batches", bad.getKey()).expectStatus().isEqualTo(bad.getValue());
        }
    }

    @Test
    void anUnknownBatchIsNotFound() {
        for (String id : List.of("nobody", "-")) {
            http.get().uri("/v1/batches/" + id).exchange().expectStatus().isNotFound();
        }
    }

    private EntityExchangeResult<JsonNode> accepted(Object batch, String... headers) {
        return post("/v1/batches", batch, headers)
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult();
    }

    private JsonNode get(String location) {
        return http.get()
                .uri(location)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    @SafeVarargs
    private static Map<String, Object> batch(Map<String, Object>... jobs) {
        return Map.of("jobs", List.of(jobs));
    }
}
