package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.FailureKind.NextProvider;
import io.avatarservice.spi.FailureKind.SameProvider;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTests {

    private static final int ROWS = 12;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            kind,               same provider,     next provider,           breaker
            INVALID_REQUEST,    NO,                NO,                      false
            FACE_NOT_FOUND,     NO,                NO,                      false
            CONTENT_REJECTED,   NO,                NEVER,                   false
            UNSUPPORTED,        NO,                YES,                     false
            AUTHENTICATION,     NO,                YES_AND_ALERT,           false
            QUOTA_EXHAUSTED,    NO,                YES,                     false
            RATE_LIMITED,       AFTER_DELAY,       IF_DELAY_EXCEEDS_BUDGET, false
            UNAVAILABLE,        WITH_BACK_OFF,     YES,                     true
            TIMEOUT,            IF_IDEMPOTENT,     YES,                     true
            SUBMIT_UNCONFIRMED, AFTER_RECONCILING, AFTER_RECONCILING,       true
            RENDER_FAILED,      NO,                ONCE,                    true
            CANCELLED,          NO,                NO,                      false
            """)
    void meansWhatTheFailureTableSays(FailureKind kind, SameProvider same, NextProvider next, boolean breaker) {
        assertThat(kind.sameProvider()).isEqualTo(same);
        assertThat(kind.nextProvider()).isEqualTo(next);
        assertThat(kind.countsInBreaker()).isEqualTo(breaker);
    }

    @Test
    void hasNoKindOutsideTheTable() {
        assertThat(FailureKind.values()).hasSize(ROWS);
    }

    @Test
    void everyAnswerIsGivenBySomeKind() {
        assertThat(Arrays.stream(FailureKind.values()).map(FailureKind::sameProvider))
                .contains(SameProvider.values());
        assertThat(Arrays.stream(FailureKind.values()).map(FailureKind::nextProvider))
                .contains(NextProvider.values());
    }
}
