package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The metrics after a render, a failed one and a refusal; and that dashboard and alert rules ask for no others. */
class MonitoringIT extends ServerIT {

    private static final Path OPERATIONS = Path.of("..", "docs", "operations");

    private PrometheusPage page = PrometheusPage.parse("");

    @BeforeEach
    void render() {
        awaitStatus(submit(), "completed");
        driver.failWith(new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face"));
        awaitStatus(submit(), "error");
        http.get().uri("/v1/jobs/unknown").exchange().expectStatus().isNotFound();
        http.get()
                .uri("/v1/jobs")
                .header("Host", "elsewhere.example.org")
                .exchange()
                .expectStatus()
                .isForbidden();
        page = PrometheusPage.parse(http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void aRenderIsCountedAndTimed() {
        assertThat(page.value("avatar_jobs_frames_total", Map.of("driver", "fake")))
                .isGreaterThanOrEqualTo(25);
        assertThat(page.value("avatar_jobs_frame_rate_max", Map.of("driver", "fake")))
                .isPositive();
        assertThat(page.value("avatar_jobs_stage_seconds_count", Map.of("driver", "fake", "stage", "rendering")))
                .isPositive();
        assertThat(page.value("avatar_jobs_run_seconds_count", Map.of("driver", "fake", "error", "none")))
                .isPositive();
        assertThat(page.value(
                        "avatar_jobs_duration_seconds_bucket",
                        Map.of("driver", "fake", "outcome", "completed", "le", "1800.0")))
                .isPositive();
    }

    @Test
    void failuresAndRefusalsAreCountedByTheirCode() {
        assertThat(page.value("avatar_jobs_failures_total", Map.of("driver", "fake", "code", "FACE_NOT_FOUND")))
                .isPositive();
        assertThat(page.value("avatar_api_problems_total", Map.of("code", "NOT_FOUND")))
                .isPositive();
    }

    @Test
    void whatIsStoredIsCountedInBytes() {
        assertThat(page.value("avatar_storage_uploaded_bytes_total", Map.of("provider", "local")))
                .isGreaterThan(500);
        assertThat(page.value(
                        "avatar_storage_operations_seconds_count",
                        Map.of("provider", "local", "operation", "put", "outcome", "success")))
                .isPositive();
    }

    @Test
    void theServersMeansAreMeasured() {
        assertThat(page.value("avatar_jobs_workers", Map.of())).isEqualTo(1);
        assertThat(page.value("avatar_jobs_queue_capacity", Map.of())).isEqualTo(2);
        assertThat(page.value("avatar_process_memory_resident_bytes", Map.of())).isGreaterThan(50e6);
        assertThat(page.value("avatar_disk_free_bytes", Map.of("directory", "work")))
                .isPositive();
        assertThat(page.value("avatar_disk_total_bytes", Map.of("directory", "media")))
                .isPositive();
        assertThat(page.has("avatar_device_memory_used_bytes")).isTrue();
    }

    @Test
    void alertRulesAskForWhatIsThere() throws IOException {
        JsonNode rules = new ObjectMapper()
                .valueToTree(new Yaml().<Object>load(Files.readString(OPERATIONS.resolve("alerts.yml"))));

        List<String> expressions = new ArrayList<>();
        for (JsonNode rule : rules.at("/groups/0/rules")) {
            assertThat(rule.path("alert").asText()).startsWith("Avatar");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
            expressions.add(rule.get("expr").asText());
        }

        assertThat(expressions).hasSizeGreaterThan(5).allSatisfy(page::assertAnswers);
    }

    @Test
    void theAutoscalerAsksForWhatIsThere() throws IOException {
        JsonNode scaler = new ObjectMapper()
                .valueToTree(new Yaml()
                        .<Object>load(Files.readString(
                                Path.of("..", "samples", "deploy", "kubernetes", "scaledobject.yaml"))));

        page.assertAnswers(scaler.at("/spec/triggers/0/metadata/query").asText());
    }

    @Test
    void theDashboardAsksForWhatIsThere() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(OPERATIONS.resolve("grafana-dashboard.json").toFile());
        List<String> expressions = new ArrayList<>();
        dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));

        assertThat(expressions).hasSizeGreaterThan(15).allSatisfy(page::assertAnswers);
    }
}
