package io.avatarservice.server.api;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A server that takes one submission at a time. */
@TestPropertySource(properties = "avatar.server.max-submissions=1")
class SubmissionGateIT extends ServerIT {

    @Test
    void thereIsRoomAgainWhateverBecameOfTheSubmissionBefore() {
        for (int i = 0; i < 3; i++) {
            post("/v1/jobs", request("image_b64", "?")).expectStatus().isBadRequest();
            awaitStatus(submit(), "completed");
        }
    }
}
