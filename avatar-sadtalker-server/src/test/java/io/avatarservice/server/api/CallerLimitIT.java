package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What one caller may ask for, beside the others. */
@TestPropertySource(
        properties = {
            "avatar.security.api-keys[0].name=eager",
            "avatar.security.api-keys[0].key=" + CallerLimitIT.EAGER,
            "avatar.security.api-keys[0].requests-per-minute=3",
            "avatar.security.api-keys[1].name=busy",
            "avatar.security.api-keys[1].key=" + CallerLimitIT.BUSY,
            "avatar.security.api-keys[1].concurrent-jobs=1",
            "avatar.security.api-keys[2].name=other",
            "avatar.security.api-keys[2].key=" + CallerLimitIT.OTHER,
            "avatar.server.retry-after=7s",
        })
class CallerLimitIT extends ServerIT {

    static final String EAGER = "avk_eager-ones-secret";
    static final String BUSY = "avk_busy-ones-secret";
    static final String OTHER = "avk_other-ones-secret";

    @Test
    void callsBeyondTheRateAreToldWhenToComeBack() {
        WebTestClient eager = as(EAGER);
        IntStream.range(0, 3)
                .forEach(call ->
                        eager.get().uri("/v1/jobs").exchange().expectStatus().isOk());

        eager.get()
                .uri("/v1/jobs")
                .exchange()
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .value(
                        HttpHeaders.RETRY_AFTER,
                        wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 20))
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("RATE_LIMITED")
                .jsonPath("$.retryable")
                .isEqualTo(true);
        eager.get().uri("/healthz").exchange().expectStatus().isOk();
        as(OTHER).get().uri("/v1/jobs").exchange().expectStatus().isOk();
    }

    @Test
    void unfinishedJobsAreCountedUntilTheyEnd() {
        WebTestClient busy = as(BUSY);
        driver.hold();
        String first = submit(busy)
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();

        submit(busy)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "7")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("RATE_LIMITED");
        submit(as(OTHER)).expectStatus().isAccepted();
        busy.delete().uri("/v1/jobs/" + first).exchange().expectStatus().isOk();
        driver.release();

        await().atMost(PATIENCE).untilAsserted(() -> submit(busy).expectStatus().isAccepted());
    }

    @Test
    void whatIsRefusedForAnotherReasonDoesNotCount() {
        WebTestClient busy = as(BUSY);
        IntStream.range(0, 3)
                .forEach(call -> busy.post()
                        .uri("/v1/jobs")
                        .bodyValue(request("image_b64", "?", "audio_b64", "?"))
                        .exchange()
                        .expectStatus()
                        .isBadRequest());
    }

    private WebTestClient as(String key) {
        return http.mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                .build();
    }

    private static WebTestClient.ResponseSpec submit(WebTestClient caller) {
        return caller.post().uri("/v1/jobs").bodyValue(goodRequest()).exchange();
    }
}
