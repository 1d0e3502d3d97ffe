package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL stops under a server that works, and is started again. */
@DirtiesContext // its database goes with this class
@TestPropertySource(
        properties = {
            "spring.datasource.hikari.connection-timeout=500",
            "spring.datasource.hikari.validation-timeout=400",
        })
@SuppressWarnings("NullAway.Init") // the database is there before the server is
class DatabaseOutageIT extends ServerIT {

    /** How long the database is away, in seconds; longer by hand. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("avatar.test.outage", 2));

    private static Path data;
    private static int port;
    private static EmbeddedPostgres postgres;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) throws IOException {
        data = Files.createTempDirectory("avatar-postgres");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        postgres = start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        registry.add("spring.datasource.url", () -> url);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void callersAreToldToComeAgainAndWhatRunsOrWaitsIsCompletedOnce() throws IOException {
        String running = occupyWorker();
        String waiting = submit();
        int renders = driver.renders();

        postgres.close();
        long away = System.nanoTime();
        assertComeAgain();
        driver.release();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 0);
        await().pollDelay(OUTAGE)
                .atMost(OUTAGE.plus(PATIENCE))
                .until(() -> System.nanoTime() - away > OUTAGE.toNanos());
        assertComeAgain();
        postgres = start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> http.get()
                        .uri("/v1/jobs/" + running)
                        .exchange()
                        .expectStatus()
                        .isOk());
        JsonNode first = awaitStatus(running, "completed");
        assertThat(first.get("attempts").asInt()).isEqualTo(1);
        awaitStatus(waiting, "completed");
        assertThat(driver.renders()).isEqualTo(renders + 1);
        awaitStatus(submit(), "completed");
        assertThat(videos()).hasSize(3);
        // Whether the two that were refused became jobs was not known then: their files are left to the sweep.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files(work.root())).hasSize(2));
        for (Path left : files(work.root())) {
            FileSystemUtils.deleteRecursively(left);
        }
    }

    private void assertComeAgain() {
        post("/v1/jobs", goodRequest())
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("STORAGE_UNAVAILABLE");
        http.get()
                .uri("/v1/jobs")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After");
    }

    private static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }
}
