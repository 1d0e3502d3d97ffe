package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Addresses of videos in the local store, which never expire. */
class VideoUrlIT extends ServerIT {

    @Test
    void theAddressOfALocalVideoStaysTheSameAndNeverExpires() {
        String id = submit();
        JsonNode job = awaitStatus(id, "completed");

        JsonNode signed = sign(id).expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(signed).isNotNull();
        assertThat(URI.create(signed.get("video_url").asText()))
                .isEqualTo(URI.create(job.at("/result/video_url").asText()));
        assertThat(signed.get("expires_at").isNull()).isTrue();
        assertThat(job.at("/result/expires_at").isNull()).isTrue();
    }

    @Test
    void aJobWithoutAVideoHasNoAddress() {
        String id = occupyWorker();

        sign(id).expectStatus().isEqualTo(409).expectBody().jsonPath("$.code").isEqualTo("CONFLICT");
    }

    @Test
    void aJobThatNobodyKnowsHasNoAddress() {
        sign("nobody")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void objectsAreNoInputsOfAServerWithoutACloudStore() {
        post("/v1/jobs", request("image_url", "gs://inputs/portrait.png", "audio_url", "https://example.com/a.wav"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.errors[0].field")
                .isEqualTo("image_url");
    }

    private ResponseSpec sign(String id) {
        return http.post().uri("/v1/jobs/" + id + "/video-url").exchange();
    }
}
