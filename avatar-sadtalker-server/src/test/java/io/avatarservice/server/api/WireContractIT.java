package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.client.fake.WireFiles;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.test.StepVerifier;

/** The server speaks as the client's tests take it to: they read the same files, from the client's test support. */
class WireContractIT extends ServerIT {

    private final ObjectMapper json = new JsonMapper();

    @Test
    void queuedJob() {
        occupyWorker();

        WireFile.read("job-queued").assertWrittenAs(job(submit()));
    }

    @Test
    void runningJob() {
        String id = occupyWorker();
        JsonNode job = await().atMost(PATIENCE)
                .until(() -> job(id), seen -> seen.get("stage").asText().equals("rendering"));

        WireFile.read("job-running").assertWrittenAs(job);
    }

    @Test
    void completedJob() {
        WireFile.read("job-completed").assertWrittenAs(awaitStatus(submit(), "completed"));
    }

    @Test
    void failedJob() {
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face was found"));

        WireFile.read("job-error").assertWrittenAs(awaitStatus(submit(), "error"));
    }

    @Test
    void cancelledJob() {
        String id = occupyWorker();
        await().atMost(PATIENCE).until(() -> job(id).get("stage").asText().equals("rendering"));

        JsonNode job = body(http.delete().uri("/v1/jobs/" + id).exchange());

        WireFile.read("job-cancelled").assertWrittenAs(job);
    }

    @Test
    void drivers() {
        WireFile.read("drivers")
                .assertShapedAs(body(http.get().uri("/v1/drivers").exchange()));
    }

    /** With the worker busy, so that nothing is fetched from the addresses in it. */
    @Test
    void submitIsAccepted() throws Exception {
        occupyWorker();
        Map<String, Object> submit = json.readValue(WireFiles.text("submit"), new TypeReference<>() {});

        JsonNode job = body(post("/v1/jobs", submit).expectStatus().isAccepted());

        assertThat(job.get("driver").asText()).isEqualTo(submit.get("driver"));
        http.delete()
                .uri("/v1/jobs/" + job.get("id").asText())
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @EnumSource
    void problemOfEachCode(ProblemCode code, @Autowired FailureHandler failures) throws Exception {
        WireFile file = problem(code);
        String field = file.json().at("/errors/0/field").asText(null);
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/v1/jobs"));

        StepVerifier.create(failures.handle(exchange, new ProblemException(code, field, "what happened")))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(exchange.getResponse().getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        file.assertWrittenAs(
                json.readTree(exchange.getResponse().getBodyAsString().block(Duration.ofSeconds(5))));
    }

    @Test
    void problemOfAControllersRefusal() {
        Map<String, Object> silent = goodRequest();
        silent.remove("audio_b64");

        problem(ProblemCode.INVALID_REQUEST).assertWrittenAs(body(post("/v1/jobs", silent)));
    }

    @Test
    void problemOfAnUnknownJob() {
        problem(ProblemCode.NOT_FOUND)
                .assertWrittenAs(body(http.get().uri("/v1/jobs/no-such-job").exchange()));
    }

    @Test
    void problemOfALateCancel() {
        String id = submit();
        awaitStatus(id, "completed");

        problem(ProblemCode.CONFLICT)
                .assertWrittenAs(body(http.delete().uri("/v1/jobs/" + id).exchange()));
    }

    @Test
    void problemOfAnUnknownMethod() {
        problem(ProblemCode.METHOD_NOT_ALLOWED)
                .assertWrittenAs(
                        body(http.method(HttpMethod.PATCH).uri("/v1/jobs/any").exchange()));
    }

    @Test
    void problemOfAReusedKey() {
        String id = id(post("/v1/jobs", goodRequest(), "Idempotency-Key", "wire-contract"));
        awaitStatus(id, "completed");
        Map<String, Object> other = goodRequest();
        other.put("options", Map.of("seed", 2));

        problem(ProblemCode.IDEMPOTENCY_KEY_REUSED)
                .assertWrittenAs(body(post("/v1/jobs", other, "Idempotency-Key", "wire-contract")));
    }

    private static WireFile problem(ProblemCode code) {
        return WireFile.read("problem-" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String id(ResponseSpec response) {
        return body(response).get("id").asText();
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
