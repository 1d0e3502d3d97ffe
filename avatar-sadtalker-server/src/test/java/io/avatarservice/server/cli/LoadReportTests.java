package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadReportTests {

    @Test
    void countsWhatBecameOfEachSubmission() {
        LoadReport report = new LoadReport(
                List.of(
                        new LoadAnswer(202, null, 1_000_000, 1_000_000, "a"),
                        new LoadAnswer(202, null, 3_000_000, 2_000_000, "b"),
                        new LoadAnswer(429, 1L, 9_000_000, 9_000_000, null),
                        new LoadAnswer(503, null, 9_000_000, 9_000_000, null),
                        new LoadAnswer(400, null, 9_000_000, 9_000_000, null),
                        new LoadAnswer(0, null, 9_000_000, 9_000_000, null)),
                Map.of("a", "completed"));

        assertThat(report)
                .hasToString(
                        "answers=6 accepted=2 refused=3 without_retry_after=1 failed=1 lost=1 p99_ms=3 p99_from_sending_ms=2");
        assertThat(report.refusals()).containsExactly(Map.entry(400, 1L), Map.entry(429, 1L), Map.entry(503, 1L));
        assertThat(report.endings()).containsExactly(Map.entry("completed", 1L));
    }

    @Test
    void aPercentileIsTheTimeThatSoManyTookAtMost() {
        LoadReport report = new LoadReport(
                IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> new LoadAnswer(202, null, i * 1_000_000L, i * 500_000L, "job"))
                        .toList(),
                Map.of());

        assertThat(report.percentile(LoadAnswer::nanos, 50)).isEqualTo(Duration.ofMillis(100));
        assertThat(report.percentile(LoadAnswer::nanos, 99)).isEqualTo(Duration.ofMillis(198));
        assertThat(report.percentile(LoadAnswer::nanos, 100)).isEqualTo(Duration.ofMillis(200));
        assertThat(report.percentile(LoadAnswer::sentNanos, 99)).isEqualTo(Duration.ofMillis(99));
    }

    @Test
    void withoutAcceptedJobsThereIsNoTime() {
        assertThat(new LoadReport(List.of(), Map.of()).percentile(LoadAnswer::nanos, 99))
                .isZero();
    }
}
