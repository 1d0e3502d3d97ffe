package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.support.TestMedia;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;

/** Every bad input gets its status, code, field and limit; none reaches a driver or leaves a file. */
class BadInputIT extends ServerIT {

    private static final String PNG = base64(TestMedia.png());
    private static final String WAV = base64(TestMedia.wav(1));
    private static final String TEXT = base64("hello, this is a text".getBytes(StandardCharsets.US_ASCII));

    static Stream<Arguments> badRequests() {
        return Stream.of(
                row("no image", request("audio_b64", WAV), 400, "INVALID_REQUEST", "image", "image_url or image_b64"),
                row("no audio", request("image_b64", PNG), 400, "INVALID_REQUEST", "audio", "audio_url or audio_b64"),
                row(
                        "two images",
                        request("image_b64", PNG, "image_url", "http://localhost/a.png", "audio_b64", WAV),
                        400,
                        "INVALID_REQUEST",
                        "image_url",
                        "image_b64 and image_url"),
                row("invalid base64", image("a$b?"), 400, "INVALID_REQUEST", "image_b64", "not valid Base64"),
                row("dangling base64", image("abcde"), 400, "INVALID_REQUEST", "image_b64", "not valid Base64"),
                row("empty base64", image(""), 400, "INVALID_REQUEST", "image_b64", "empty"),
                row("image is a number", image(5), 400, "INVALID_REQUEST", "image_b64", "must be a string"),
                row("other data URI", image("data:image/png,abc"), 400, "INVALID_REQUEST", "image_b64", ";base64,"),
                row("text as image", image(TEXT), 415, "UNSUPPORTED_MEDIA", "image_b64", "JPEG"),
                row(
                        "truncated JPEG",
                        image(base64(TestMedia.truncatedJpeg())),
                        415,
                        "UNSUPPORTED_MEDIA",
                        "image_b64",
                        "JPEG"),
                row(
                        "20,000 x 20,000 pixels",
                        image(base64(TestMedia.hugePng())),
                        413,
                        "PAYLOAD_TOO_LARGE",
                        "image_b64",
                        "50,000,000"),
                row(
                        "image of too many bytes",
                        image(base64(new byte[300_000])),
                        413,
                        "PAYLOAD_TOO_LARGE",
                        "image_b64",
                        "204,800"),
                row("text as audio", audio(TEXT), 415, "UNSUPPORTED_MEDIA", "audio_b64", "WAV"),
                row(
                        "no audio stream",
                        audio(base64(TestMedia.silentMovie())),
                        415,
                        "UNSUPPORTED_MEDIA",
                        "audio_b64",
                        "no audio stream"),
                row("zero-length audio", audio(base64(TestMedia.wav(0))), 415, "UNSUPPORTED_MEDIA", "audio_b64", ""),
                row(
                        "audio over the limit",
                        audio(base64(TestMedia.wav(21))),
                        413,
                        "PAYLOAD_TOO_LARGE",
                        "audio_b64",
                        "20"),
                row("unknown driver", with("driver", "nonsense"), 400, "INVALID_REQUEST", "driver", "nonsense"),
                row(
                        "unknown option",
                        with("options", Map.of("sed", 1)),
                        400,
                        "INVALID_REQUEST",
                        "options.sed",
                        "'sed'"),
                row(
                        "option out of range",
                        with("options", Map.of("seed", 1001)),
                        400,
                        "INVALID_REQUEST",
                        "options.seed",
                        "1000"),
                row(
                        "video by no address",
                        with("options", Map.of("reference_pose_video", "nod.mp4")),
                        400,
                        "INVALID_REQUEST",
                        "options.reference_pose_video",
                        "http or https"),
                row("options no object", with("options", List.of(1)), 400, "INVALID_REQUEST", "options", "JSON object"),
                row("unknown fields", with("imge", 1), 400, "INVALID_REQUEST", "imge", "unknown field: imge"),
                row(
                        "webhook that nobody could tell from a forged one",
                        with("webhook_url", "http://localhost/"),
                        501,
                        "UNSUPPORTED",
                        "webhook_url",
                        "avatar.webhooks.secrets"),
                row(
                        "driving video",
                        with("driving_video_b64", "AAAA"),
                        400,
                        "INVALID_REQUEST",
                        "driving_video_b64",
                        "the driver 'fake' takes no driving video"),
                row(
                        "no http address",
                        request("image_url", "file:///etc/passwd", "audio_b64", WAV),
                        400,
                        "INVALID_REQUEST",
                        "image_url",
                        "http or https"),
                row(
                        "no address at all",
                        request("image_url", "a portrait", "audio_b64", WAV),
                        400,
                        "INVALID_REQUEST",
                        "image_url",
                        "http or https"),
                row(
                        "password in the address",
                        request("image_url", "http://user:secret@localhost/", "audio_b64", WAV),
                        400,
                        "INVALID_REQUEST",
                        "image_url",
                        "image_url must not contain a user name or password"),
                row(
                        "impossible port",
                        request("image_url", "http://localhost:99999/", "audio_b64", WAV),
                        400,
                        "INVALID_REQUEST",
                        "image_url",
                        "http or https"),
                row("no JSON", "{\"image_b64\": ", 400, "INVALID_REQUEST", "body", "not valid JSON"),
                row("no object", "[]", 400, "INVALID_REQUEST", "body", "JSON object"),
                row(
                        "a field twice",
                        "{\"driver\": \"a\", \"driver\": \"b\"}",
                        400,
                        "INVALID_REQUEST",
                        "body",
                        "driver"),
                row(
                        "body over the limit",
                        request("audio_b64", "A".repeat(1_100_000)),
                        413,
                        "PAYLOAD_TOO_LARGE",
                        "body",
                        "1,048,576"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void isRefusedByJobsAsProblem(Object body, int status, String code, String field, String message) {
        int renders = driver.renders();

        JsonNode problem = post("/v1/jobs", body)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("retryable").asBoolean()).isFalse();
        assertThat(problem.get("instance").asText()).isEqualTo("/v1/jobs");
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(problem.get("detail").asText()).contains(message);
        assertThat(driver.renders()).isEqualTo(renders);
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void isRefusedByGenerateInItsOwnShape(Object body, int status, String code, String field, String message) {
        JsonNode answer = post("/generate", body)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(answer.get("status").asText()).isEqualTo("error");
        assertThat(answer.get("code").asText()).isEqualTo(code);
        assertThat(answer.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.get("message").asText()).contains(message);
    }

    static Stream<Arguments> badForms() {
        return Stream.of(
                argumentSet("no audio", form("image", TestMedia.png()), 400, "INVALID_REQUEST", "audio"),
                argumentSet(
                        "text as image",
                        form("image", "hello".getBytes(StandardCharsets.US_ASCII), "audio", TestMedia.wav(1)),
                        415,
                        "UNSUPPORTED_MEDIA",
                        "image"),
                argumentSet(
                        "image over the limit",
                        form("image", new byte[300_000], "audio", TestMedia.wav(1)),
                        413,
                        "PAYLOAD_TOO_LARGE",
                        "image"),
                argumentSet(
                        "file and address",
                        form("image", TestMedia.png(), "image_url", "http://localhost/a", "audio", TestMedia.wav(1)),
                        400,
                        "INVALID_REQUEST",
                        "image_url"),
                argumentSet(
                        "unknown part",
                        form("picture", TestMedia.png(), "audio", TestMedia.wav(1)),
                        400,
                        "INVALID_REQUEST",
                        "picture"),
                argumentSet("a part twice", form("driver", "fake", "driver", "fake"), 400, "INVALID_REQUEST", "driver"),
                argumentSet(
                        "options no JSON",
                        form("image", TestMedia.png(), "audio", TestMedia.wav(1), "options", "seed=1"),
                        400,
                        "INVALID_REQUEST",
                        "options"),
                argumentSet("invalid Base64", form("image_b64", "a$b?"), 400, "INVALID_REQUEST", "image_b64"),
                argumentSet(
                        "text in Base64 as audio",
                        form("image_b64", PNG, "audio_b64", TEXT),
                        415,
                        "UNSUPPORTED_MEDIA",
                        "audio_b64"),
                argumentSet(
                        "file and Base64",
                        form("image", TestMedia.png(), "image_b64", PNG, "audio", TestMedia.wav(1)),
                        400,
                        "INVALID_REQUEST",
                        "image_b64"),
                argumentSet(
                        "empty audio",
                        form("image", TestMedia.png(), "audio", new byte[0]),
                        400,
                        "INVALID_REQUEST",
                        "audio"),
                argumentSet(
                        "driving video",
                        form("image", TestMedia.png(), "audio", TestMedia.wav(1), "driving_video", new byte[10]),
                        400,
                        "INVALID_REQUEST",
                        "driving_video"));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void isRefusedInForms(MultipartBodyBuilder form, int status, String code, String field) {
        http.post()
                .uri("/v1/jobs")
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void formsTakeBase64AsJsonDoes() {
        http.post()
                .uri("/generate")
                .body(BodyInserters.fromMultipartData(
                        form("image_b64", "data:image/png;base64," + PNG, "audio_b64", WAV)
                                .build()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("completed");
    }

    @Test
    void aMissingFaceIsTheAnswerOfGenerate() {
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face was found; tried two ways"));

        post("/generate", goodRequest())
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("error")
                .jsonPath("$.code")
                .isEqualTo("FACE_NOT_FOUND")
                .jsonPath("$.errors[0].field")
                .isEqualTo("image_b64")
                .jsonPath("$.job_id")
                .isNotEmpty();
    }

    @Test
    void aDriverThatBreaksIsARenderFailure() {
        driver.failWith(new IllegalStateException("secret detail"));

        post("/generate", goodRequest())
                .expectStatus()
                .isEqualTo(500)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("RENDER_FAILED")
                .jsonPath("$.retryable")
                .isEqualTo(true)
                .jsonPath("$.message")
                .value(message -> assertThat((String) message).doesNotContain("secret"));
    }

    static MultipartBodyBuilder form(Object... partsAndContents) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        for (int i = 0; i < partsAndContents.length; i += 2) {
            String name = (String) partsAndContents[i];
            if (partsAndContents[i + 1] instanceof byte[] content) {
                form.part(name, new ByteArrayResource(content)).filename("misleading.txt");
            } else {
                form.part(name, partsAndContents[i + 1]);
            }
        }
        return form;
    }

    private static Arguments row(String name, Object body, int status, String code, String field, String message) {
        return argumentSet(name, body, status, code, field, message);
    }

    private static Map<String, Object> image(Object base64) {
        return request("image_b64", base64, "audio_b64", WAV);
    }

    private static Map<String, Object> audio(String base64) {
        return request("image_b64", PNG, "audio_b64", base64);
    }

    private static Map<String, Object> with(String field, Object value) {
        return request("image_b64", PNG, "audio_b64", WAV, field, value);
    }
}
