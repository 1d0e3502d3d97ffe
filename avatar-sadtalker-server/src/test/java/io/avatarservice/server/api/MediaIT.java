package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class MediaIT extends ServerIT {

    private String path;
    private byte[] video;

    @BeforeEach
    void render() {
        path = URI.create(awaitStatus(submit(), "completed")
                        .at("/result/video_url")
                        .asText())
                .getPath();
        video = get(null).expectStatus().isOk().expectBody().returnResult().getResponseBody();
    }

    @Test
    void servesTheWholeVideo() {
        get(null)
                .expectHeader()
                .contentType("video/mp4")
                .expectHeader()
                .valueEquals("Accept-Ranges", "bytes")
                .expectHeader()
                .contentLength(video.length)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff");
    }

    @Test
    void servesARange() {
        byte[] part = get("bytes=100-199")
                .expectStatus()
                .isEqualTo(HttpStatus.PARTIAL_CONTENT)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 100-199/" + video.length)
                .expectBody()
                .returnResult()
                .getResponseBody();

        assertThat(part).isEqualTo(Arrays.copyOfRange(video, 100, 200));
    }

    @Test
    void servesTheEnd() {
        byte[] part = get("bytes=-50")
                .expectStatus()
                .isEqualTo(HttpStatus.PARTIAL_CONTENT)
                .expectBody()
                .returnResult()
                .getResponseBody();

        assertThat(part).isEqualTo(Arrays.copyOfRange(video, video.length - 50, video.length));
    }

    @Test
    void aRangeBeyondTheEndIsRefusedWithTheLength() {
        get("bytes=" + video.length + "-")
                .expectStatus()
                .isEqualTo(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                .expectHeader()
                .valueEquals("Content-Range", "bytes */" + video.length);
    }

    @Test
    void headGivesTheLengthOnly() {
        http.head()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(video.length)
                .expectBody()
                .isEmpty();
    }

    @Test
    void nothingElseIsServed() {
        List<String> paths = List.of(
                "/media/00000000-0000-0000-0000-000000000000.mp4",
                "/media/..%2f..%2fetc%2fpasswd",
                "/media/%2e%2e/work",
                "/media/" + path.substring(7) + ".part",
                "/media/");
        for (String other : paths) {
            http.get()
                    .uri(URI.create("http://localhost:" + port + other))
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).as(other).isIn(400, 404));
        }
    }

    private ResponseSpec get(@Nullable String range) {
        return http.get()
                .uri(path)
                .headers(headers -> {
                    if (range != null) {
                        headers.set("Range", range);
                    }
                })
                .exchange();
    }
}
