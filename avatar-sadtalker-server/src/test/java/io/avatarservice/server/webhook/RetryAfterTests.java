package io.avatarservice.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void secondsAndDatesAreRead() {
        assertThat(RetryAfter.parse(" 120 ", NOON)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Tue, 1 Jan 2030 12:01:00 GMT", NOON)).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-5", "1.5", "soon", "99999999999999999999", "Tue, 1 Jan 2030 11:00:00 GMT"})
    void whatAsksForNothingIsNoPause(String header) {
        assertThat(RetryAfter.parse(header, NOON)).isNull();
    }
}
