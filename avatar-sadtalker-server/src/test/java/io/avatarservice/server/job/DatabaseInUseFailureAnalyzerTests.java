package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DatabaseInUseFailureAnalyzerTests {

    private final DatabaseInUseFailureAnalyzer analyzer = new DatabaseInUseFailureAnalyzer();

    @Test
    void saysHowTwoServersGetOn() {
        SQLException refused = new SQLException("Database may be already in use", "90020", 90020);

        FailureAnalysis analysis = analyzer.analyze(new IllegalStateException("start", refused));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("another server");
        assertThat(analysis.getAction()).contains("avatar.server.state-dir").contains("spring.datasource.url");
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(analyzer.analyze(new IllegalStateException(new SQLException("no route", "08001", 90067))))
                .isNull();
    }
}
