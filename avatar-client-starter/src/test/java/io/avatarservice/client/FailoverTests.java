package io.avatarservice.client;

import static io.avatarservice.client.ScriptedAvatarProvider.JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarAttempt.Outcome;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What a night with a failing provider looks like. */
class FailoverTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final VirtualTime time = new VirtualTime();
    private final ScriptedAvatarProvider gpu = ScriptedAvatarProvider.ofOurs("sadtalker");
    private final ScriptedAvatarProvider paid = ScriptedAvatarProvider.ofPaid("d-id");
    private final AvatarClient client = client(gpu).fallbacks(List.of(paid)).build();

    @Test
    void serverThatGoesDownMidPollIsFollowedByTheNextProvider() {
        gpu.thenFinds(running(gpu));
        for (int look = 0; look < 6; look++) {
            gpu.thenAnswers(Mono.error(gpu.failure(FailureKind.UNAVAILABLE)));
        }
        paid.thenCompletes();

        StepVerifier.create(client.watch(REQUEST).map(ScriptedAvatarProvider::withoutAttempts))
                .expectNext(AvatarJob.queued(gpu.id(), JOB))
                .then(() -> time.pass(Duration.ofSeconds(3)))
                .expectNext(running(gpu))
                .then(() -> time.pass(Duration.ofMinutes(2)))
                .expectNext(AvatarJob.queued(paid.id(), JOB))
                .expectNext(ScriptedAvatarProvider.completed(ScriptedAvatarProvider.video(paid.id())))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(gpu.cancelled).containsExactly(JOB);
        assertThat(paid.accepted).hasSize(1);
    }

    @Test
    void videoTellsWhoWasAskedForIt() {
        gpu.thenFinds(ScriptedAvatarProvider.failed(
                gpu.id(), AvatarJobStatus.ERROR, FailureKind.RENDER_FAILED, "out of memory"));
        paid.thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .assertNext(video -> assertThat(video.attempts())
                        .containsExactly(
                                new AvatarAttempt(
                                        gpu.id(),
                                        Outcome.FAILED,
                                        JOB,
                                        FailureKind.RENDER_FAILED,
                                        "out of memory",
                                        Duration.ofSeconds(1)),
                                AvatarAttempt.succeeded(paid.id(), JOB, Duration.ofSeconds(1))))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void submitThatIsAnswered503IsRepeatedAfterGrowingPauses() {
        gpu.thenRefuses(FailureKind.UNAVAILABLE)
                .thenRefuses(FailureKind.UNAVAILABLE)
                .thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMillis(499)))
                .then(() -> assertThat(gpu.submitted).hasSize(1))
                .then(() -> time.pass(Duration.ofMillis(1)))
                .then(() -> assertThat(gpu.submitted).hasSize(2))
                .then(() -> time.pass(Duration.ofMillis(999)))
                .then(() -> assertThat(gpu.submitted).hasSize(2))
                .then(() -> time.pass(Duration.ofMillis(1)))
                .then(() -> assertThat(gpu.submitted).hasSize(3))
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void submitThatIsAlwaysAnswered503GoesToTheNextProvider() {
        gpu.submit = Mono.error(gpu.failure(FailureKind.UNAVAILABLE));
        paid.thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .assertNext(video -> assertThat(video.provider()).isEqualTo(paid.id()))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(3);
        assertThat(gpu.accepted).isEmpty();
    }

    @Test
    void lostAnswerOfOurServerIsAskedForAgainByTheKey() {
        gpu.thenLosesTheAnswer(FailureKind.UNAVAILABLE).thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .assertNext(video -> assertThat(video.jobId()).isEqualTo(JOB))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(2);
        assertThat(gpu.submitted.stream().map(AvatarRequest::idempotencyKey).distinct())
                .hasSize(1);
        assertThat(gpu.accepted).containsExactly(JOB);
        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void lostAnswerOfAPaidServiceIsReconciled() {
        paid.thenLosesTheAnswer(FailureKind.SUBMIT_UNCONFIRMED).thenCompletes();

        StepVerifier.create(client(paid).fallbacks(List.of(gpu)).build().render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .assertNext(video -> assertThat(video.jobId()).isEqualTo(JOB))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(paid.submitted).hasSize(1);
        assertThat(paid.reconciled).hasSize(1);
        assertThat(paid.accepted).containsExactly(JOB);
        assertThat(gpu.submitted).isEmpty();
    }

    @Test
    void stuckSubmitOfAPaidServiceIsReconciled() {
        paid.thenSubmits(Mono.never());

        StepVerifier.create(client(paid).build().watch(REQUEST))
                .then(() -> time.pass(Duration.ofSeconds(10)))
                .then(() -> assertThat(paid.reconciled).hasSize(1))
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .expectNext(AvatarJob.queued(paid.id(), JOB))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(paid.submitted).hasSize(2);
        assertThat(paid.accepted).hasSize(1);
    }

    @Test
    void reconciliationIsRepeatedLikeAnyLook() {
        paid.thenLosesTheAnswer(FailureKind.SUBMIT_UNCONFIRMED).thenCompletes();
        Sinks.One<AvatarJob> list = Sinks.one();
        paid.reconcile = Mono.defer(
                () -> paid.reconciled.size() == 1 ? Mono.error(paid.failure(FailureKind.UNAVAILABLE)) : list.asMono());
        list.tryEmitValue(AvatarJob.queued(paid.id(), JOB)).orThrow();

        StepVerifier.create(client(paid).build().render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(paid.reconciled).hasSize(2);
        assertThat(paid.submitted).hasSize(1);
    }

    @Test
    void submitOfWhichNothingCanBeKnownStands() {
        paid.thenLosesTheAnswer(FailureKind.SUBMIT_UNCONFIRMED);
        paid.reconcile = Mono.error(paid.failure(FailureKind.AUTHENTICATION));

        StepVerifier.create(client(paid).fallbacks(List.of(gpu)).build().render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED, "scripted SUBMIT_UNCONFIRMED"))
                .verify(PATIENCE);

        assertThat(paid.submitted).hasSize(1);
        assertThat(gpu.submitted).isEmpty();
    }

    @Test
    void moderationRefusalIsNeverTakenElsewhere() {
        gpu.thenRefuses(FailureKind.CONTENT_REJECTED);

        StepVerifier.create(client.render(REQUEST))
                .expectErrorSatisfies(failure(FailureKind.CONTENT_REJECTED, "scripted CONTENT_REJECTED"))
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(1);
        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void moderationRefusalOfAnAcceptedJobIsNeverTakenElsewhere() {
        gpu.thenFinds(ScriptedAvatarProvider.failed(
                gpu.id(), AvatarJobStatus.ERROR, FailureKind.CONTENT_REJECTED, "celebrity recognized"));

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .expectErrorSatisfies(failure(FailureKind.CONTENT_REJECTED, "celebrity recognized"))
                .verify(PATIENCE);

        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void badImageCallsOneProviderOnce() {
        gpu.thenRefuses(FailureKind.FACE_NOT_FOUND);

        StepVerifier.create(client.render(REQUEST))
                .expectErrorSatisfies(failure(FailureKind.FACE_NOT_FOUND, "scripted FACE_NOT_FOUND"))
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(1);
        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void retryAfterIsHonored() {
        gpu.thenSubmits(rateLimited(Duration.ofSeconds(20))).thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMillis(19_999)))
                .then(() -> assertThat(gpu.submitted).hasSize(1))
                .then(() -> time.pass(Duration.ofMillis(1)))
                .then(() -> assertThat(gpu.submitted).hasSize(2))
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void retryAfterBeyondTheBudgetIsNotWaitedFor() {
        gpu.thenSubmits(rateLimited(Duration.ofSeconds(31)));

        StepVerifier.create(client.watch(REQUEST))
                .expectNext(AvatarJob.queued(paid.id(), JOB))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(1);
    }

    @Test
    void budgetIsThatOfAllPausesTogether() {
        gpu.thenSubmits(rateLimited(Duration.ofSeconds(20)));
        gpu.thenSubmits(rateLimited(Duration.ofSeconds(11)));

        StepVerifier.create(client.watch(REQUEST))
                .then(() -> time.pass(Duration.ofSeconds(20)))
                .expectNext(AvatarJob.queued(paid.id(), JOB))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(2);
    }

    @Test
    void bothDownIsOneFailureThatTellsOfBoth() {
        gpu.submit = Mono.error(gpu.failure(FailureKind.UNAVAILABLE));
        paid.submit = Mono.error(paid.failure(FailureKind.QUOTA_EXHAUSTED));

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .hasMessage("no provider delivered the video: sadtalker: scripted UNAVAILABLE; "
                                + "d-id: scripted QUOTA_EXHAUSTED")
                        .asInstanceOf(type(AvatarException.class))
                        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED))
                        .satisfies(failure -> assertThat(failure.provider()).isEqualTo(paid.id()))
                        .satisfies(failure -> assertThat(failure.getCause()).hasMessage("scripted QUOTA_EXHAUSTED"))
                        .satisfies(failure -> assertThat(failure.getSuppressed())
                                .extracting(Throwable::getMessage)
                                .containsExactly("scripted UNAVAILABLE"))
                        .satisfies(failure -> assertThat(failure.attempts())
                                .extracting(AvatarAttempt::provider, AvatarAttempt::kind, AvatarAttempt::duration)
                                .containsExactly(
                                        Tuple.tuple(gpu.id(), FailureKind.UNAVAILABLE, Duration.ofMillis(1500)),
                                        Tuple.tuple(paid.id(), FailureKind.QUOTA_EXHAUSTED, Duration.ZERO))))
                .verify(PATIENCE);
    }

    @Test
    void failureOfTheProviderThatWasAskedIsToldBeforeTheReasonToSkipAnother() {
        ScriptedAvatarProvider addressesOnly = new ScriptedAvatarProvider(
                "addresses-only", ProviderCapabilities.builder().build());
        gpu.thenFinds(failedRender(gpu));

        StepVerifier.create(
                        client(gpu).fallbacks(List.of(addressesOnly)).build().render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .expectErrorSatisfies(failure(
                        FailureKind.RENDER_FAILED,
                        "no provider delivered the video: sadtalker: out of memory; "
                                + "addresses-only: the provider takes addresses only (http, https)"))
                .verify(PATIENCE);
    }

    @Test
    void poisonousJobIsGivenToOneOtherProviderOnly() {
        ScriptedAvatarProvider third = ScriptedAvatarProvider.ofOurs("third");
        gpu.thenFinds(failedRender(gpu));
        paid.submit = Mono.error(paid.failure(FailureKind.UNSUPPORTED));

        StepVerifier.create(client(gpu).fallbacks(List.of(paid, third)).build().render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .expectError(AvatarException.class)
                .verify(PATIENCE);

        assertThat(paid.submitted).hasSize(1);
        assertThat(third.submitted).isEmpty();
    }

    @Test
    void subscriberThatCancelsCancelsTheJobOfTheProviderThatHasIt() {
        gpu.thenRefuses(FailureKind.QUOTA_EXHAUSTED);

        StepVerifier.create(client.watch(REQUEST))
                .expectNext(AvatarJob.queued(paid.id(), JOB))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(gpu.cancelled).isEmpty();
        assertThat(paid.cancelled).containsExactly(JOB);
    }

    @Test
    void nothingIsRepeatedForASubscriberThatHasLeft() {
        gpu.submit = Mono.error(gpu.failure(FailureKind.UNAVAILABLE));
        Disposable subscription = client.render(REQUEST).subscribe();

        subscription.dispose();
        time.pass(Duration.ofMinutes(1));

        assertThat(gpu.submitted).hasSize(1);
        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void jobThatTakesTooLongIsCancelledAndGivenToTheNextProvider() {
        paid.thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(10)))
                .then(() -> assertThat(gpu.cancelled).containsExactly(JOB))
                .then(() -> time.pass(Duration.ofSeconds(10)))
                .assertNext(video -> assertThat(video.attempts())
                        .first()
                        .isEqualTo(new AvatarAttempt(
                                gpu.id(),
                                Outcome.FAILED,
                                JOB,
                                FailureKind.TIMEOUT,
                                "the video was not finished within PT10M; the job was still RUNNING",
                                Duration.ofMinutes(10))))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void deadlineIsThatOfAllProvidersTogether() {
        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(29)))
                .then(() -> assertThat(paid.submitted).hasSize(1))
                .then(() -> time.pass(Duration.ofSeconds(59)))
                .then(() -> assertThat(paid.cancelled).isEmpty())
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .hasMessageContaining(
                                "d-id: the video was not finished within PT30M; the job was still RUNNING"))
                .verify(PATIENCE);

        assertThat(paid.cancelled).containsExactly(JOB);
    }

    @Test
    void submitThatIsOverdueAtAPaidServiceIsNotRepeatedElsewhere() {
        paid.submit = Mono.never();
        AvatarClient patient = client(paid)
                .fallbacks(List.of(gpu))
                .callTimeout(Duration.ofHours(1))
                .build();

        StepVerifier.create(patient.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(11)))
                .expectErrorSatisfies(failure(
                        FailureKind.SUBMIT_UNCONFIRMED,
                        "the video was not finished within PT10M; the job was not yet known"))
                .verify(PATIENCE);

        assertThat(gpu.submitted).isEmpty();
    }

    @Test
    void providerThatCannotIsPassedOver() {
        ScriptedAvatarProvider addressesOnly = new ScriptedAvatarProvider(
                "addresses-only", ProviderCapabilities.builder().build());
        gpu.thenCompletes();

        StepVerifier.create(
                        client(addressesOnly).fallbacks(List.of(gpu)).build().render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .assertNext(video -> assertThat(video.attempts())
                        .containsExactly(
                                AvatarAttempt.skipped(
                                        addressesOnly.id(),
                                        FailureKind.UNSUPPORTED,
                                        "the provider takes addresses only (http, https)"),
                                AvatarAttempt.succeeded(gpu.id(), JOB, Duration.ofSeconds(1))))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(addressesOnly.submitted).isEmpty();
    }

    @Test
    void providerThatBreaksItsContractDoesNotBreakTheClient() {
        gpu.submit = Mono.error(new IllegalStateException("a bug"));
        paid.thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofMinutes(1)))
                .assertNext(video -> assertThat(video.attempts())
                        .first()
                        .extracting(AvatarAttempt::message)
                        .isEqualTo("the submit failed unexpectedly with IllegalStateException"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void selectedProviderIsNotItsOwnFallback() {
        gpu.submit = Mono.error(gpu.failure(FailureKind.QUOTA_EXHAUSTED));

        StepVerifier.create(client(gpu).fallbacks(List.of(gpu, gpu)).build().render(REQUEST))
                .expectErrorMessage("scripted QUOTA_EXHAUSTED")
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(1);
    }

    private AvatarClientBuilder client(ScriptedAvatarProvider provider) {
        return AvatarClient.builder(provider)
                .pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .callTimeout(Duration.ofSeconds(10))
                .retries(2, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(30))
                .jitter(() -> 1)
                .scheduler(time.scheduler())
                .clock(time);
    }

    private Mono<AvatarJob> rateLimited(Duration retryAfter) {
        return Mono.error(gpu.failure(FailureKind.RATE_LIMITED).toBuilder()
                .retryAfter(retryAfter)
                .build());
    }

    private static AvatarJob running(ScriptedAvatarProvider provider) {
        return AvatarJob.builder(provider.id(), JOB, AvatarJobStatus.RUNNING)
                .progress(0.25)
                .build();
    }

    private static AvatarJob failedRender(ScriptedAvatarProvider provider) {
        return ScriptedAvatarProvider.failed(
                provider.id(), AvatarJobStatus.ERROR, FailureKind.RENDER_FAILED, "out of memory");
    }

    private static Consumer<Throwable> failure(FailureKind kind, String message) {
        return seen -> assertThat(seen)
                .hasMessage(message)
                .asInstanceOf(type(AvatarException.class))
                .extracting(AvatarException::kind)
                .isEqualTo(kind);
    }
}
