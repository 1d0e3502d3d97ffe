package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.ServerApplication;
import io.avatarservice.server.job.WorkDirectories;
import io.avatarservice.server.storage.StorageProperties;
import io.avatarservice.server.support.DrivenFakeDriver;
import io.avatarservice.server.support.FakeDriver;
import io.avatarservice.server.support.TestMedia;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The server on a port, with a fake driver and small limits. After every test no file may be left behind. */
@SpringBootTest(
        classes = ServerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "avatar.driver.default-name=fake",
            "avatar.jobs.queue-capacity=2",
            "avatar.fetch.allowed-hosts=localhost",
            "avatar.jobs.poll-interval=100ms",
            "avatar.jobs.progress-interval=20ms",
            "avatar.media.max-image-bytes=200KB",
            "avatar.media.max-audio-bytes=400KB",
            "avatar.media.max-audio-duration=20s",
            "avatar.media.fetch.read-timeout=6s",
            "avatar.media.fetch.total-timeout=12s",
            "avatar.server.max-batch-size=3",
            "avatar.server.max-json-size=1MB",
            "avatar.server.sync-wait=20s",
            "avatar.server.heartbeat=100ms",
        })
@AutoConfigureObservability(tracing = false)
@Import(ServerIT.Fakes.class)
abstract class ServerIT {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    FakeDriver driver;

    @Autowired
    WorkDirectories work;

    @Autowired
    StorageProperties storage;

    @LocalServerPort
    int port;

    WebTestClient http;

    /** One directory for each application context, below the build directory. */
    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) {
        Path root = Path.of("target", "server-it", UUID.randomUUID().toString()).toAbsolutePath();
        registry.add("avatar.server.state-dir", () -> root.resolve("state").toString());
        registry.add("avatar.server.work-dir", () -> root.resolve("work"));
        registry.add("avatar.storage.local.directory", () -> root.resolve("media"));
    }

    @BeforeEach
    void connect() {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(PATIENCE)
                .build();
    }

    @AfterEach
    void leavesNothingBehindAndGoesOn() {
        driver.failWith(null);
        driver.release();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files(work.root())).isEmpty());
        http.get().uri("/healthz").exchange().expectStatus().isOk();
    }

    WebTestClient.ResponseSpec post(String path, Object json, String... headers) {
        WebTestClient.RequestBodySpec request = http.post().uri(path).contentType(MediaType.APPLICATION_JSON);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.bodyValue(json).exchange();
    }

    /** Submits a good job. */
    String submit() {
        return post("/v1/jobs", goodRequest())
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    JsonNode job(String id) {
        return http.get()
                .uri("/v1/jobs/" + id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    JsonNode awaitStatus(String id, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(job(id).get("status").asText()).isEqualTo(status));
        return job(id);
    }

    /** Holds the only worker, and returns the job that it is held by. */
    String occupyWorker() {
        driver.hold();
        String id = submit();
        awaitStatus(id, "running");
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        return id;
    }

    static Map<String, Object> goodRequest() {
        return request("image_b64", base64(TestMedia.png()), "audio_b64", base64(TestMedia.wav(1)));
    }

    static Map<String, Object> request(Object... fieldsAndValues) {
        Map<String, Object> request = new LinkedHashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            request.put((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return request;
    }

    static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }

    List<Path> videos() {
        return files(Objects.requireNonNull(storage.local().directory()));
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {

        @Bean
        FakeDriver fakeDriver() {
            return new FakeDriver();
        }

        @Bean
        DrivenFakeDriver drivenFakeDriver() {
            return new DrivenFakeDriver();
        }
    }
}
