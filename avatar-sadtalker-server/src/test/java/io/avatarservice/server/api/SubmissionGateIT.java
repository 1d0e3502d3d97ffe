package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A server that takes one submission at a time. */
@TestPropertySource(properties = "avatar.server.max-submissions=1")
class SubmissionGateIT extends ServerIT {

    @Test
    void whoComesWhileAnotherIsInIsToldToComeAgainAndASlowUploadHoldsItsPlaceForAMomentOnly() throws IOException {
        try (Socket slow = new Socket("localhost", port)) {
            sendHalf(slow);
            await().atMost(PATIENCE).until(() -> !files(work.root()).isEmpty());

            post("/v1/jobs", goodRequest())
                    .expectStatus()
                    .isEqualTo(429)
                    .expectHeader()
                    .valueEquals("Retry-After", "1")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("RATE_LIMITED")
                    .jsonPath("$.retryable")
                    .isEqualTo(true);

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            post("/v1/jobs", goodRequest()).expectStatus().isAccepted());
        }
    }

    @Test
    void aPlaceIsFreeAgainWhateverBecameOfTheSubmission() {
        for (int i = 0; i < 3; i++) {
            post("/v1/jobs", request("image_b64", "?")).expectStatus().isBadRequest();
            assertThat(submit()).isNotEmpty();
        }
    }

    private static void sendHalf(Socket slow) throws IOException {
        byte[] body = new ObjectMapper().writeValueAsBytes(goodRequest());
        String head = "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        OutputStream out = slow.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, body.length / 2);
        out.flush();
    }
}
