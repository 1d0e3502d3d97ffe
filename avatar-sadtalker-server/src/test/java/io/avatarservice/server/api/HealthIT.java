package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** What probes and people are told of a server that works, has much to do, or misses something. */
@TestPropertySource(
        properties = {
            "avatar.health.disk-reserve=1B",
            "avatar.storage.upload-attempts=1",
        })
class HealthIT extends ServerIT {

    @ParameterizedTest
    @ValueSource(strings = {"live", "liveness", "ready", "readiness", "startup"})
    void everyGroupIsUp(String group) {
        assertThat(health(group).get("status").asText()).isEqualTo("UP");
    }

    @Test
    void readinessIsMadeOfWhatNoOtherServerShares() {
        assertThat(health("ready").get("components").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("readinessState", "service", "drivers");
    }

    @Test
    void aFullQueueIsBusyAndStaysInService() {
        occupyWorker();
        String second = submit();
        String third = submit();

        awaitState("BUSY");
        assertThat(service().get("queued").asInt()).isEqualTo(2);

        driver.release();
        awaitStatus(second, "completed");
        awaitStatus(third, "completed");
        awaitState("READY");
    }

    @Test
    void aFailedUploadDegradesUntilTheNextSucceeds() throws IOException {
        Path media = storage.local().resolvedDirectory();
        Path away = media.resolveSibling("away");
        Files.move(media, away);
        awaitStatus(submit(), "error");

        awaitState("DEGRADED");
        assertThat(service().get("degraded_by").toString()).contains("the last upload to the store failed");
        Files.move(away, media);
        awaitStatus(submit(), "completed");

        awaitState("READY");
    }

    private void awaitState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service().get("state").asText()).isEqualTo(state));
    }

    private JsonNode service() {
        return health("ready").at("/components/service/details");
    }

    /** Always with 200: none of this takes a server out of service. */
    private JsonNode health(String group) {
        return http.get()
                .uri("/actuator/health/" + group)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }
}
