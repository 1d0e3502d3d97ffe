package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.support.DrivenFakeDriver;
import io.avatarservice.server.support.TestMedia;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

/** Requests that bring a video whose face is followed. */
@TestPropertySource(properties = "avatar.media.max-video-bytes=100KB")
class DrivingVideoIT extends ServerIT {

    private static final byte[] VIDEO = TestMedia.silentMovie();

    @Autowired
    private DrivenFakeDriver driven;

    @Test
    void jsonNeedsNoSpeech() {
        String id = id(post("/v1/jobs", driven("driving_video_b64", base64(VIDEO))));

        JsonNode result = awaitStatus(id, "completed").get("result");
        assertThat(result.get("duration_seconds").asDouble()).isEqualTo(0.08);
        assertThat(driven.video()).isEqualTo(VIDEO);
        assertThat(driven.spoken()).isFalse();
    }

    @Test
    void aFormTakesTheFile() {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        file(form, "image", TestMedia.png());
        file(form, "audio", TestMedia.wav(1));
        file(form, "driving_video", VIDEO);
        form.part("driver", "driven");

        String id = id(http.post()
                .uri("/v1/jobs")
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange());

        awaitStatus(id, "completed");
        assertThat(driven.video()).isEqualTo(VIDEO);
        assertThat(driven.spoken()).isTrue();
    }

    @Test
    void aBatchTakesThem() {
        JsonNode batch = post("/v1/batches", Map.of("jobs", List.of(driven("driving_video_b64", base64(VIDEO)))))
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        awaitStatus(batch.at("/jobs/0/job_id").asText(), "completed");
    }

    @Test
    void aMissingOneIsNamed() {
        assertRefused(
                post("/v1/jobs", request("image_b64", base64(TestMedia.png()), "driver", "driven")),
                400,
                "INVALID_REQUEST",
                "driving_video",
                "the driving video is missing: send driving_video_url or driving_video_b64 in JSON, or the file as"
                        + " multipart part driving_video");
    }

    @Test
    void anotherDriverRefusesIt() {
        Map<String, Object> request = goodRequest();
        request.put("driving_video_url", "http://localhost/nod.mp4");

        assertRefused(
                post("/v1/jobs", request),
                400,
                "INVALID_REQUEST",
                "driving_video_url",
                "the driver 'fake' takes no driving video");
    }

    @Test
    void twoSourcesAreRefused() {
        Map<String, Object> request = driven("driving_video_b64", base64(VIDEO));
        request.put("driving_video_url", "http://localhost/nod.mp4");

        assertRefused(
                post("/v1/jobs", request),
                400,
                "INVALID_REQUEST",
                "driving_video_url",
                "exactly one source for the driving video is allowed, got driving_video_b64 and driving_video_url");
    }

    @Test
    void whatIsNoVideoIsRefusedBeforeThereIsAJob() {
        post("/v1/jobs", driven("driving_video_b64", base64(TestMedia.wav(1))))
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("driving_video_b64");
    }

    @Test
    void tooManyBytesAreRefused() {
        post("/v1/jobs", driven("driving_video_b64", base64(new byte[200_000])))
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("driving_video_b64");
    }

    @Test
    void anAddressThatIsNoneOfTheWebIsRefused() {
        post("/v1/jobs", driven("driving_video_url", "file:///etc/passwd"))
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("driving_video_url");
    }

    @Test
    void anotherVideoIsAnotherRequest() {
        Map<String, Object> request = driven("driving_video_b64", base64(VIDEO));
        String id = id(post("/v1/jobs", request, "Idempotency-Key", "driven"));
        awaitStatus(id, "completed");

        assertThat(post("/v1/jobs", request, "Idempotency-Key", "driven")
                        .expectStatus()
                        .isOk()
                        .expectBody(JsonNode.class)
                        .returnResult()
                        .getResponseBody()
                        .get("id")
                        .asText())
                .isEqualTo(id);
        post("/v1/jobs", driven("driving_video_url", "http://localhost/nod.mp4"), "Idempotency-Key", "driven")
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void aVideoThatCannotBeFetchedShowsInTheJob() {
        String id = id(post("/v1/jobs", driven("driving_video_url", "http://localhost:1/nod.mp4")));

        assertThat(awaitStatus(id, "error").at("/error/field").asText()).isEqualTo("driving_video_url");
    }

    @Test
    void driversSayWhatTheyAreDrivenBy() {
        http.get()
                .uri("/v1/drivers")
                .exchange()
                .expectBody()
                .jsonPath("$.drivers[?(@.name == 'driven')].driven_by")
                .isEqualTo("driving_video")
                .jsonPath("$.drivers[?(@.name == 'liveportrait')].driven_by")
                .isEqualTo("driving_video")
                .jsonPath("$.drivers[?(@.name == 'preview')].driven_by")
                .isEqualTo("audio");
    }

    private static Map<String, Object> driven(String field, String value) {
        return request("image_b64", base64(TestMedia.png()), field, value, "driver", "driven");
    }

    private static void file(MultipartBodyBuilder form, String name, byte[] content) {
        form.part(name, new ByteArrayResource(content), MediaType.APPLICATION_OCTET_STREAM)
                .filename(name);
    }

    private static String id(ResponseSpec response) {
        return response.expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    private static void assertRefused(ResponseSpec response, int status, String code, String field, String message) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].message")
                .isEqualTo(message);
    }
}
