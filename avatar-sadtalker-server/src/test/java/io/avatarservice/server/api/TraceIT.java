package io.avatarservice.server.api;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.server.support.TestMedia;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;

/** What a caller's trace is found in: the log of the render, the answer to what failed; and where it does not go. */
@AutoConfigureObservability
class TraceIT extends ServerIT {

    @RegisterExtension
    static final WireMockExtension REMOTE = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    /** As the container image logs; not by properties, which the first server in this process decides for all. */
    @BeforeEach
    void logAsJson() {
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(root().getLoggerContext());
        encoder.setFormat("ecs");
        encoder.start();
        appender.setContext(root().getLoggerContext());
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void stopLogging() {
        root().detachAppender(appender);
        appender.stop();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void aRendersLogHasJobDriverAndTheCallersTrace() {
        String id = submitTraced(goodRequest());
        awaitStatus(id, "completed");

        JsonNode end = entry("Job " + id + " is completed");

        assertThat(end.get("job_id").asText()).isEqualTo(id);
        assertThat(end.get("driver").asText()).isEqualTo("fake");
        assertThat(end.get("trace_id").asText()).isEqualTo(trace);
        assertThat(end.get("span_id").asText()).hasSize(16);
        assertThat(end.at("/process/thread/name").asText()).startsWith("render-");
    }

    @Test
    void theLogOfASubmissionHasItsCallerToo() {
        String id = submitTraced(goodRequest());
        awaitStatus(id, "completed");

        JsonNode accepted = entry("Job " + id + " of anonymous waits for driver fake");

        assertThat(accepted.get("job_id").asText()).isEqualTo(id);
        assertThat(accepted.get("trace_id").asText()).isEqualTo(trace);
        assertThat(accepted.get("caller").asText()).isEqualTo("anonymous");
    }

    @Test
    void aStackTraceOfARenderHasItsJob() {
        driver.failWith(new IllegalStateException("a defect"));
        String id = submitTraced(goodRequest());
        awaitStatus(id, "error");

        JsonNode end = entry("Job " + id + " is error: RENDER_FAILED");

        assertThat(end.get("job_id").asText()).isEqualTo(id);
        assertThat(end.get("trace_id").asText()).isEqualTo(trace);
    }

    @Test
    void aProblemNamesItsTrace() {
        http.get()
                .uri("/v1/jobs/unknown")
                .header("traceparent", traceparent())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.trace_id")
                .isEqualTo(trace);
    }

    @Test
    void whoeverServesAnInputLearnsNothingOfTheTraceAndTheLogNothingOfTheAddress() {
        REMOTE.stubFor(get(urlPathEqualTo("/portrait")).willReturn(ok().withBody(TestMedia.png())));
        REMOTE.stubFor(get(urlPathEqualTo("/speech")).willReturn(ok().withBody(TestMedia.wav(1))));

        awaitStatus(
                submitTraced(request(
                        "image_url",
                        REMOTE.url("/portrait?X-Amz-Signature=secret"),
                        "audio_url",
                        REMOTE.url("/speech?X-Amz-Signature=secret"))),
                "completed");

        REMOTE.verify(2, getRequestedFor(anyUrl()));
        REMOTE.verify(2, getRequestedFor(anyUrl()).withoutHeader("traceparent").withoutHeader("b3"));
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("is completed")
                .doesNotContain("X-Amz-Signature");
    }

    private String submitTraced(Object request) {
        return post("/v1/jobs", request, "traceparent", traceparent())
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    private String traceparent() {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    /** The entry of the log whose message begins so. */
    private JsonNode entry(String message) {
        List<JsonNode> found = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            for (String line : log.toString(StandardCharsets.UTF_8).lines().toList()) {
                JsonNode entry = new ObjectMapper().readTree(line);
                if (entry.get("message").asText().startsWith(message)) {
                    found.add(entry);
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }
}
