package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A store that is away when a render ends. */
@TestPropertySource(properties = {"avatar.storage.upload-attempts=4", "avatar.storage.upload-backoff=200ms"})
class StorageOutageIT extends ServerIT {

    @Autowired
    MeterRegistry meters;

    @Test
    void theJobWaitsForTheStoreAndIsNotRenderedAgain() throws IOException {
        Path media = Objects.requireNonNull(storage.local().directory());
        Path away = media.resolveSibling("away");
        Files.move(media, away);
        int renders = driver.renders();
        double before = failedPuts();

        String id = submit();
        await().atMost(PATIENCE).until(() -> failedPuts() > before);
        Files.move(away, media);

        awaitStatus(id, "completed");
        assertThat(driver.renders()).isEqualTo(renders + 1);
        assertThat(videos()).hasSize(1);
    }

    @Test
    void aStoreThatStaysAwayEndsTheJobAndItsFilesGo() throws IOException {
        Path media = Objects.requireNonNull(storage.local().directory());
        Path away = media.resolveSibling("away");
        Files.move(media, away);
        double before = failedPuts();

        assertThat(awaitStatus(submit(), "error").at("/error/code").asText()).isEqualTo("STORAGE_UNAVAILABLE");

        assertThat(failedPuts() - before).isEqualTo(4);
        Files.move(away, media);
    }

    private double failedPuts() {
        Timer timer = meters.find("avatar.storage.operations")
                .tags("operation", "put", "outcome", "error")
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
