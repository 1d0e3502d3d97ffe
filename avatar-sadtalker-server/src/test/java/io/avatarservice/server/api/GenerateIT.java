package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.support.FakeDriver;
import io.avatarservice.server.support.TestMedia;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;

class GenerateIT extends ServerIT {

    @Test
    void answersWithTheVideo() {
        JsonNode answer = generate(goodRequest());

        assertThat(answer.get("status").asText()).isEqualTo("completed");
        assertThat(answer.get("driver").asText()).isEqualTo("fake");
        assertThat(answer.has("message")).isFalse();
        assertThat(download(answer)).startsWith(0, 0, 0).hasSizeGreaterThan(1000);
        assertThat(job(answer.get("job_id").asText()).at("/result/video_url").asText())
                .isEqualTo(answer.get("video_url").asText());
    }

    @Test
    void takesDataUrisLineBreaksAndEscapedSlashes() {
        String png = Base64.getMimeEncoder().encodeToString(TestMedia.png());
        String body = "{\"audio_b64\":\"data:audio/wav;base64,%s\",\"image_b64\":\"%s\",\"options\":null}"
                .formatted(
                        base64(TestMedia.wav(1)).replace("/", "\\/").replace("+", "\\u002B"),
                        png.replace("\r\n", "\\r\\n"));

        assertThat(generate(body).get("status").asText()).isEqualTo("completed");
    }

    @Test
    void takesAForm() {
        MultipartBodyBuilder form = BadInputIT.form(
                "image", TestMedia.png(), "audio", TestMedia.wav(1), "driver", "fake", "options", "{\"seed\": 7}");
        form.part(FakeDriver.VIDEO, new ByteArrayResource("a shake".getBytes(StandardCharsets.US_ASCII)))
                .filename("shake.mp4");

        http.post()
                .uri("/generate")
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("completed");
        assertThat(driver.video()).isEqualTo("a shake");
    }

    @Test
    void answersAtOnceWhereTheClientPrefersThat() {
        occupyWorker();

        String location = post("/generate", goodRequest(), "Prefer", "respond-async")
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Preference-Applied", "respond-async")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("queued")
                .returnResult()
                .getResponseHeaders()
                .getLocation()
                .toString();

        http.get()
                .uri(location)
                .exchange()
                .expectBody()
                .jsonPath("$.queue_position")
                .isEqualTo(1);
    }

    @Test
    void waitsAsLongAsTheClientPrefers() {
        occupyWorker();

        JsonNode answer = post("/generate", goodRequest(), "Prefer", "wait=1")
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Preference-Applied", "wait=1")
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        driver.release();
        awaitStatus(answer.get("job_id").asText(), "completed");
    }

    @Test
    void buildsTheVideoAddressFromTheForwardedRequest() {
        post("/generate", goodRequest(), "X-Forwarded-Proto", "https", "X-Forwarded-Host", "video.example.com")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.video_url")
                .value(url -> assertThat((String) url).startsWith("https://video.example.com/media/"));
    }

    @Test
    void aClientThatLeavesTakesItsJobWithIt() throws Exception {
        driver.hold();
        int videos = videos().size();

        Socket client = send(goodRequest());
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        String id = newestJob();
        client.close();

        awaitStatus(id, "cancelled");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        assertThat(videos()).hasSize(videos);
    }

    @Test
    void aClientThatLeavesWhileItsJobWaitsTakesItWithIt() throws Exception {
        occupyWorker();

        Socket client = send(goodRequest());
        await().atMost(PATIENCE)
                .until(() -> job(newestJob()).get("status").asText().equals("queued"));
        String id = newestJob();
        client.close();

        awaitStatus(id, "cancelled");
    }

    @Test
    void aJobThatAnotherRequestWantsOutlivesItsFirstClient() throws Exception {
        driver.hold();
        Socket client = send(goodRequest(), "Idempotency-Key: shared-key");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        String id = newestJob();
        post("/generate", goodRequest(), "Idempotency-Key", "shared-key", "Prefer", "respond-async")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.job_id")
                .isEqualTo(id);

        client.close();

        await().during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(() -> job(id).get("status").asText().equals("running"));
    }

    @Test
    void aClientThatLostItsConnectionMayUseItsKeyAgain() throws Exception {
        driver.hold();
        Socket client = send(goodRequest(), "Idempotency-Key: lost");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        String first = newestJob();
        client.close();
        awaitStatus(first, "cancelled");
        driver.release();

        post("/generate", goodRequest(), "Idempotency-Key", "lost")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.job_id")
                .value(id -> assertThat(id).isNotEqualTo(first));
    }

    private JsonNode generate(Object body) {
        return post("/generate", body)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private byte[] download(JsonNode answer) {
        return http.get()
                .uri(URI.create(answer.get("video_url").asText()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private String newestJob() {
        return http.get()
                .uri("/v1/jobs?limit=1")
                .exchange()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .at("/jobs/0/id")
                .asText();
    }

    private Socket send(Map<String, Object> request, String... headers) throws IOException {
        byte[] body = new ObjectMapper().writeValueAsBytes(request);
        Socket socket = new Socket("localhost", port);
        StringBuilder head = new StringBuilder("POST /generate HTTP/1.1\r\nHost: localhost\r\n")
                .append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        OutputStream out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return socket;
    }
}
