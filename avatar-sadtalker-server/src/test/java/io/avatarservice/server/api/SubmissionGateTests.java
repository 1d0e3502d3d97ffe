package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.test.scheduler.VirtualTimeScheduler;

class SubmissionGateTests {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final SubmissionGate gate = new SubmissionGate(1, timer);

    @AfterEach
    void stop() {
        timer.dispose();
    }

    @Test
    void whoComesWhileAllPlacesAreTakenIsToldToComeAgain() {
        gate.enter(exchange());
        MockServerWebExchange second = exchange();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> gate.enter(second))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED));
        assertThat(second.getResponse().getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        SubmissionGate.Place place = gate.enter(exchange());
        place.leave();
        place.leave();

        gate.enter(exchange());
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> gate.enter(exchange()));
    }

    @Test
    void aSlowUploadHoldsItsPlaceForAMomentOnly() {
        SubmissionGate.Place slow = gate.enter(exchange());
        timer.advanceTimeBy(Duration.ofMillis(1999));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> gate.enter(exchange()));

        timer.advanceTimeBy(Duration.ofMillis(1));

        assertThatNoException().isThrownBy(() -> gate.enter(exchange()));
        slow.leave();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> gate.enter(exchange()));
    }

    private static MockServerWebExchange exchange() {
        return MockServerWebExchange.from(MockServerHttpRequest.post("/v1/jobs"));
    }
}
