package io.avatarservice.server.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.support.TestMedia;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.context.TestPropertySource;

/** Webhooks as clients see them: asked for with a job, delivered at its end, looked at, delivered again. */
@TestPropertySource(
        properties = {
            "AVATAR_WEBHOOK_SECRETS=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4",
            "avatar.webhooks.retry-delays=1h",
            "avatar.security.enabled=false"
        })
@ExtendWith(OutputCaptureExtension.class)
class WebhookIT extends ServerIT {

    @RegisterExtension
    static final WireMockExtension RECEIVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final JsonMapper json = new JsonMapper();

    @BeforeEach
    void accept() {
        RECEIVER.stubFor(WireMock.post(anyUrl()).willReturn(noContent()));
    }

    @Test
    void theEndOfAJobIsToldAsTheJobShowsIt() throws IOException {
        String id = submit("/completed?signature=x");

        JsonNode message = message("/completed");

        WireFile.read("webhook-completed").assertWrittenAs(message);
        JsonNode job = job(id);
        assertThat(message.get("data")).isEqualTo(job);
        assertThat(message.get("timestamp")).isEqualTo(job.get("finished_at"));
        URI video = URI.create(message.at("/data/result/video_url").asText());
        assertThat(video).hasHost("localhost").hasPort(port);
        http.get().uri(video).exchange().expectStatus().isOk();
        LoggedRequest call = calls("/completed").get(0);
        assertThat(call.getHeader("webhook-signature")).matches("v1,[A-Za-z0-9+/=]{44} v1,[A-Za-z0-9+/=]{44}");
        assertThat(call.getHeader("webhook-id"))
                .isEqualTo(webhook(id).get("message_id").asText());
    }

    @Test
    void failuresAreTold() throws IOException {
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face was found"));
        submit("/failed");

        JsonNode message = message("/failed");

        assertThat(message.get("type").asText()).isEqualTo("job.failed");
        assertThat(message.at("/data/error/code").asText()).isEqualTo("FACE_NOT_FOUND");
    }

    @Test
    void cancellationsAreTold() throws IOException {
        driver.hold();
        String id = submit("/cancelled");
        assertThat(webhook(id).get("state").asText()).isEqualTo("waiting");
        http.delete().uri("/v1/jobs/" + id).exchange().expectStatus().isOk();

        JsonNode message = message("/cancelled");

        assertThat(message.get("type").asText()).isEqualTo("job.cancelled");
        assertThat(message.at("/data/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void nothingIsToldBeforeTheEnd() {
        driver.hold();
        String id = submit("/early");
        awaitStatus(id, "running");

        redeliver(id, 409, "CONFLICT");

        assertThat(calls("/early")).isEmpty();
        driver.release();
        awaitState(id, "delivered");
        assertThat(calls("/early")).hasSize(1);
    }

    @Test
    void formsAndWaitingCallsHaveWebhooksToo() throws IOException {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("image", new ByteArrayResource(TestMedia.png())).filename("portrait.png");
        form.part("audio", new ByteArrayResource(TestMedia.wav(1))).filename("speech.wav");
        form.part("webhook_url", RECEIVER.url("/form"));
        http.post()
                .uri("/generate")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .bodyValue(form.build())
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(message("/form").get("type").asText()).isEqualTo("job.completed");
    }

    @Test
    void eachJobOfABatchHasItsOwn() throws IOException {
        Map<String, Object> first = goodRequest();
        first.put("webhook_url", RECEIVER.url("/first"));
        Map<String, Object> second = goodRequest();
        second.put("webhook_url", RECEIVER.url("/second"));
        post("/v1/batches", Map.of("jobs", List.of(first, second)))
                .expectStatus()
                .isAccepted();

        assertThat(message("/first").at("/data/id"))
                .isNotEqualTo(message("/second").at("/data/id"));
    }

    /** A client makes a fresh URL for each attempt to submit; they are attempts at the same job all the same. */
    @Test
    void anotherUrlIsNoOtherRequestAndTheFirstOneIsCalled() throws IOException {
        Map<String, Object> request = goodRequest();
        request.put("webhook_url", RECEIVER.url("/attempt-1"));
        put("job-with-webhook", request);
        request.put("webhook_url", RECEIVER.url("/attempt-2"));
        put("job-with-webhook", request);
        request.remove("webhook_url");
        put("job-with-webhook", request);

        assertThat(message("/attempt-1").at("/data/id").asText()).isEqualTo("job-with-webhook");
        awaitState("job-with-webhook", "delivered");
        assertThat(calls("/attempt-2")).isEmpty();
    }

    @Test
    void aDeliveryCanBeLookedAtAndRepeated(CapturedOutput log) throws IOException {
        RECEIVER.stubFor(
                WireMock.post(urlPathEqualTo("/t0ken")).willReturn(aResponse().withStatus(500)));
        String id = submit("/t0ken?signature=s3cret");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(webhook(id).get("attempts").asInt()).isEqualTo(1));

        JsonNode pending = webhook(id);
        assertThat(pending.get("state").asText()).isEqualTo("pending");
        assertThat(pending.get("receiver").asText()).isEqualTo("http://localhost:" + RECEIVER.getPort());
        assertThat(pending.get("last_status").asInt()).isEqualTo(500);
        assertThat(pending.get("last_error").asText()).isEqualTo("the receiver answered with HTTP status 500");
        assertThat(pending.get("next_attempt_at").isTextual()).isTrue();
        assertThat(pending.toString()).doesNotContain("t0ken", "s3cret");

        RECEIVER.stubFor(WireMock.post(urlPathEqualTo("/t0ken")).willReturn(noContent()));
        JsonNode begun = redeliver(id, 202, null);
        assertThat(begun.get("state").asText()).isEqualTo("pending");
        assertThat(begun.get("attempts").asInt()).isZero();
        JsonNode delivered = awaitState(id, "delivered");
        assertThat(delivered.get("message_id")).isEqualTo(pending.get("message_id"));
        assertThat(delivered.get("next_attempt_at").isNull()).isTrue();

        redeliver(id, 202, null);
        await().atMost(PATIENCE).until(() -> calls("/t0ken").size() == 3);
        assertThat(log.getAll()).contains("The webhook of job " + id).doesNotContain("t0ken", "s3cret", "MfKQ9r8G");
    }

    @Test
    void aJobWithoutAWebhookHasNoDelivery() {
        String id = submit();

        http.get().uri("/v1/jobs/" + id + "/webhook").exchange().expectStatus().isNotFound();
        redeliver(id, 404, "NOT_FOUND");
        awaitStatus(id, "completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "receiver",
                "/hook",
                "ftp://receiver.example.com/",
                "gs://bucket/object",
                "https://",
                "https://user:password@receiver.example.com/",
                "https://receiver.example.com:99999/",
                "https://receiver.example.com/a b",
                "http://127.0.0.1/hook",
                "http://10.0.0.7/hook",
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]/hook",
                "http://2130706433/hook",
                "http://0x7f.1/hook",
                "https://1.1.1.1:8443/hook"
            })
    void anAddressThatCannotBeCalledIsRefusedAtOnce(String url) {
        refused(url);
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        refused("https://receiver.example.com/" + "a".repeat(2048));
    }

    @Test
    void attemptsAreCounted() {
        awaitState(submit("/counted"), "delivered");

        http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .value(metrics -> assertThat(metrics)
                        .contains("avatar_webhooks_deliveries_total{outcome=\"delivered\"}")
                        .contains("avatar_webhooks_pending ")
                        .contains("avatar_webhooks_pending_age_seconds "));
    }

    private void refused(String url) {
        Map<String, Object> request = goodRequest();
        request.put("webhook_url", url);
        post("/v1/jobs", request)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.errors[0].field")
                .isEqualTo("webhook_url");
    }

    private String submit(String path) {
        Map<String, Object> request = goodRequest();
        request.put("webhook_url", RECEIVER.url(path));
        return post("/v1/jobs", request)
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    private void put(String id, Map<String, Object> request) {
        http.put()
                .uri("/v1/jobs/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(request)
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    private JsonNode webhook(String id) {
        return http.get()
                .uri("/v1/jobs/" + id + "/webhook")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private JsonNode redeliver(String id, int status, @Nullable String code) {
        JsonNode answer = http.method(HttpMethod.POST)
                .uri("/v1/jobs/" + id + "/webhook/redeliver")
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(answer.path("code").asText(null)).isEqualTo(code);
        return answer;
    }

    private JsonNode awaitState(String id, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(webhook(id).get("state").asText()).isEqualTo(state));
        return webhook(id);
    }

    private JsonNode message(String path) throws IOException {
        await().atMost(PATIENCE).until(() -> !calls(path).isEmpty());
        return json.readTree(calls(path).get(0).getBody());
    }

    private static List<LoggedRequest> calls(String path) {
        return RECEIVER.findAll(postRequestedFor(urlPathEqualTo(path)));
    }
}
