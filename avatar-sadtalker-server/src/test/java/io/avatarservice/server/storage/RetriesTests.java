package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTests {

    private final List<Duration> pauses = new ArrayList<>();
    private final Retries retries = new Retries(7, Duration.ofSeconds(2), pauses::add);
    private int calls;

    @Test
    void whatWorksIsDoneOnce() {
        assertThat(retries.call("work", () -> ++calls)).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void thePausesDoubleUpToHalfAMinute() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> retries.call("work", this::unavailable));

        assertThat(calls).isEqualTo(7);
        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void whatTheRequestIsToBlameForIsNotTriedAgain() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> retries.call("work", () -> {
                    calls++;
                    throw new ProblemException(ProblemCode.INVALID_REQUEST, "no such object");
                }));

        assertThat(calls).isEqualTo(1);
    }

    @Test
    void anInterruptEndsThePausesWithTheLastFailure() {
        Retries interrupted = new Retries(5, Duration.ofSeconds(2), pause -> {
            throw new InterruptedException();
        });

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> interrupted.call("work", this::unavailable))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE));

        assertThat(calls).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Object unavailable() {
        calls++;
        throw new ProblemException(ProblemCode.STORAGE_UNAVAILABLE, "the bucket is away");
    }
}
