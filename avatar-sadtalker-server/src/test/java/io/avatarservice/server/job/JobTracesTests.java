package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.support.FakeDriver;
import io.micrometer.observation.Observation;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace goes with its job: through the queue, to another server. */
@SuppressWarnings("NullAway.Init") // set up before each test
class JobTracesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JdbcConnectionPool database = JobDatabase.h2();
    private final FakeDriver driver = new FakeDriver();
    private final RecordedSpans spans = new RecordedSpans();

    @TempDir
    Path directory;

    private JobServer accepting;
    private JobServer rendering;

    @BeforeEach
    void create() {
        accepting = server("accepting");
        accepting.service.open();
        rendering = server("rendering");
    }

    @AfterEach
    void stop() {
        accepting.close();
        rendering.close();
        database.dispose();
    }

    @Test
    void anotherServerContinuesTheTraceOfTheSubmission() throws Exception {
        Observation call = Observation.start("call", spans.registry());
        JobId id;
        try (Observation.Scope scope = call.openScope()) {
            id = accepting.submit();
        } finally {
            call.stop();
        }
        accepting.close();
        rendering.start();
        awaitEnd(id);

        SpanData submit = spans.named("submit");
        SpanData render = spans.named("render fake");
        assertThat(submit.getParentSpanId()).isEqualTo(spans.named("call").getSpanId());
        assertThat(submit.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(render.getTraceId()).isEqualTo(submit.getTraceId());
        assertThat(render.getParentSpanId()).isEqualTo(submit.getSpanId());
        assertThat(render.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(render.getAttributes().asMap().toString()).contains(id.value());
    }

    @Test
    void aJobWithoutATraceGetsOne() throws IOException {
        JobId id = accepting.submit();
        rendering.start();
        awaitEnd(id);

        assertThat(spans.named("render fake").getTraceId())
                .isEqualTo(spans.named("submit").getTraceId());
    }

    @Test
    void aFailureIsSeenInTheTrace() throws IOException {
        driver.failWith(new IllegalStateException("a defect"));
        JobId id = accepting.submit();
        rendering.start();
        awaitEnd(id);

        assertThat(spans.named("render fake").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    private void awaitEnd(JobId id) {
        await().atMost(PATIENCE).until(() -> rendering.job(id).status().finished());
    }

    private JobServer server(String state) {
        return new JobServer(
                database,
                directory.resolve(state),
                directory.resolve("work"),
                new LocalVideoStore(directory.resolve("media")),
                driver,
                Map.of("poll-interval", "50ms"),
                spans.registry());
    }
}
