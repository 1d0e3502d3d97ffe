package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.job.JobTerms;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTermsTests {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void nothingGivenAsksForNothing() {
        assertThat(new RequestTerms().checked(DAY)).isEqualTo(JobTerms.NONE);
    }

    @Test
    void takeWhatIsGiven() {
        RequestTerms terms = new RequestTerms();
        terms.set("priority", " -10 ");
        terms.set("deadline", "2030-01-01T13:00:00+01:00");
        terms.set("ttl_seconds", "86400");

        assertThat(terms.checked(DAY)).isEqualTo(new JobTerms(-10, Instant.parse("2030-01-01T12:00:00Z"), DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "priority, 11",
        "priority, high",
        "priority, 1.5",
        "deadline, tomorrow",
        "deadline, 2030-01-01T12:00:00",
        "ttl_seconds, 0",
        "ttl_seconds, 86401",
        "ttl_seconds, 99999999999999999999"
    })
    void nameWhatIsWrong(String field, String value) {
        RequestTerms terms = new RequestTerms();
        terms.set(field, value);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> terms.checked(DAY))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(problem.field()).isEqualTo(field);
                });
    }
}
