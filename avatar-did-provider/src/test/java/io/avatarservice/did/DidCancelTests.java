package io.avatarservice.did;

import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** D-ID cannot stop a talk; it is deleted once it has ended. */
class DidCancelTests {

    private static final String NOT_READY =
            "{\"kind\": \"NotReadyError\", \"description\": \"talk is in process, try again later\"}";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final StubDid did = new StubDid();
    private final DidAvatarProvider provider = DidAvatarProvider.builder(() -> "user:password")
            .webClientBuilder(WebClient.builder().exchangeFunction(did))
            .scheduler(time)
            .build();

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    @Test
    void runningTalkGoesOnAndIsDeletedWhenItHasEnded() {
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));
        did.on("DELETE /talks/tlk_A1b2C3", 409, NOT_READY)
                .on("DELETE /talks/tlk_A1b2C3", 503, "{}")
                .on("DELETE /talks/tlk_A1b2C3", 200, "{}");

        cancel(CancelOutcome.NOT_SUPPORTED);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(deletions()).isEqualTo(3);
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(deletions()).isEqualTo(3);
    }

    @Test
    void deletionIsGivenUpInTheEnd() {
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));
        did.on("DELETE /talks/tlk_A1b2C3", 409, NOT_READY);

        cancel(CancelOutcome.NOT_SUPPORTED);
        time.advanceTimeBy(Duration.ofMinutes(30));

        assertThat(deletions()).isEqualTo(16);
        time.advanceTimeBy(Duration.ofDays(1));
        assertThat(deletions()).isEqualTo(16);
    }

    @Test
    void cancellingTwiceHasTheEffectOfOnce() {
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));
        did.on("DELETE /talks/tlk_A1b2C3", 409, NOT_READY).on("DELETE /talks/tlk_A1b2C3", 200, "{}");

        cancel(CancelOutcome.NOT_SUPPORTED);
        cancel(CancelOutcome.NOT_SUPPORTED);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(deletions()).isEqualTo(2);
    }

    @Test
    void endedTalkIsLeftAlone() {
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-done"));

        cancel(CancelOutcome.ALREADY_FINISHED);

        assertThat(deletions()).isZero();
    }

    @Test
    void unknownTalkIsAnOutcome() {
        did.on("GET /talks/tlk_A1b2C3", 404, "{\"kind\": \"NotFoundError\"}");

        cancel(CancelOutcome.UNKNOWN_JOB);
    }

    @Test
    void talkThatCannotBeLookedAtIsDeletedAllTheSame() {
        did.on("GET /talks/tlk_A1b2C3", 503, "{}");
        did.on("DELETE /talks/tlk_A1b2C3", 404, "{\"kind\": \"NotFoundError\"}");

        StepVerifier.create(provider.cancel(JOB))
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);

        assertThat(deletions()).isEqualTo(1);
    }

    private void cancel(CancelOutcome outcome) {
        StepVerifier.create(provider.cancel(JOB))
                .expectNext(outcome)
                .expectComplete()
                .verify(PATIENCE);
    }

    private long deletions() {
        return did.calls().stream().filter(call -> call.startsWith("DELETE")).count();
    }
}
