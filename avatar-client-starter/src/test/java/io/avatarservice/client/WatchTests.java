package io.avatarservice.client;

import static io.avatarservice.client.ScriptedAvatarProvider.JOB;
import static io.avatarservice.client.ScriptedAvatarProvider.VIDEO;
import static io.avatarservice.client.ScriptedAvatarProvider.completed;
import static io.avatarservice.client.ScriptedAvatarProvider.failed;
import static io.avatarservice.client.ScriptedAvatarProvider.queued;
import static io.avatarservice.client.ScriptedAvatarProvider.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class WatchTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final ScriptedAvatarProvider provider = new ScriptedAvatarProvider();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AvatarClient client = AvatarClient.builder(provider)
            .pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(2))
            .maxPollFailures(2)
            .deadline(Duration.ofMinutes(1))
            // More than any of these tests makes: what breakers do is shown elsewhere.
            .circuitBreakers(CircuitBreakerRegistry.of(Map.of(
                    "avatar",
                    CircuitBreakerConfig.custom().minimumNumberOfCalls(100).build())))
            .scheduler(time)
            .build();

    @Test
    void showsEachStateOnceAndEndsWithTheVideo() {
        provider.thenFinds(queued(), running(0.25), running(0.25), running(0.75), completed());

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(30)))
                .expectNext(running(0.25), running(0.75), completed())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void looksLessAndLessOften() {
        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofMillis(999)))
                .then(() -> assertThat(provider.found).isEmpty())
                .then(() -> pass(Duration.ofMillis(1)))
                .then(() -> assertThat(provider.found).hasSize(1))
                .expectNext(running(0.5))
                .then(() -> pass(Duration.ofMillis(1500)))
                .then(() -> assertThat(provider.found).hasSize(2))
                .then(() -> pass(Duration.ofSeconds(2)))
                .then(() -> assertThat(provider.found).hasSize(3))
                .then(() -> pass(Duration.ofSeconds(2)))
                .then(() -> assertThat(provider.found).hasSize(4))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void doesNotLookAtAJobThatIsDoneAtOnce() {
        provider.submit = Mono.just(completed());

        verify(watch(REQUEST)).expectNext(completed()).expectComplete().verify(PATIENCE);

        assertThat(provider.found).isEmpty();
    }

    @Test
    void doesNotCancelAFinishedJob() {
        provider.thenFinds(completed());

        verify(watch(REQUEST).takeUntil(job -> job.status().isTerminal()))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(1)))
                .expectNext(completed())
                .expectComplete()
                .verify(PATIENCE);

        assertThat(provider.cancelled).isEmpty();
    }

    @Test
    void jobThatEndsInErrorIsAnException() {
        provider.thenFinds(failed(AvatarJobStatus.ERROR, FailureKind.FACE_NOT_FOUND, "no face in the portrait"));

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(1)))
                .expectErrorSatisfies(failure(FailureKind.FACE_NOT_FOUND, "no face in the portrait"))
                .verify(PATIENCE);

        assertThat(provider.cancelled).isEmpty();
    }

    @Test
    void jobThatSomebodyElseCancelledIsAnException() {
        provider.thenFinds(failed(AvatarJobStatus.CANCELLED, FailureKind.CANCELLED, "the job was cancelled"));

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(1)))
                .expectErrorSatisfies(failure(FailureKind.CANCELLED, "the job was cancelled"))
                .verify(PATIENCE);
    }

    @Test
    void jobThatTheProviderForgotIsAnException() {
        provider.thenAnswers(Mono.empty());

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(1)))
                .expectErrorSatisfies(failure(FailureKind.RENDER_FAILED, "the provider does not know the job anymore"))
                .verify(PATIENCE);
    }

    @Test
    void refusedSubmitIsAnExceptionAndCancelsNothing() {
        provider.submit = Mono.error(AvatarException.builder(FailureKind.INVALID_REQUEST, "image: too large")
                .build());

        verify(watch(REQUEST)).expectErrorMessage("image: too large").verify(PATIENCE);

        assertThat(provider.cancelled).isEmpty();
    }

    @Test
    void cancellingTheSubscriptionCancelsTheJob() {
        verify(watch(REQUEST)).expectNext(queued()).thenCancel().verify(PATIENCE);

        assertThat(provider.cancelled).containsExactly(JOB);
    }

    @Test
    void cancellingARenderCancelsTheJob() {
        Disposable subscription = client.render(REQUEST).subscribe();

        subscription.dispose();

        assertThat(provider.cancelled).containsExactly(JOB);
    }

    @Test
    void cancellingDuringTheSubmitCancelsTheJobOnceItIsKnown() {
        Sinks.One<AvatarJob> answer = Sinks.one();
        provider.submit = answer.asMono();
        Disposable subscription = client.watch(REQUEST).subscribe();

        subscription.dispose();
        assertThat(provider.cancelled).isEmpty();
        answer.tryEmitValue(queued()).orThrow();

        assertThat(provider.cancelled).containsExactly(JOB);
    }

    @Test
    void missingTheDeadlineCancelsTheJob() {
        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(59)))
                .expectNext(running(0.5))
                .then(() -> assertThat(provider.cancelled).isEmpty())
                .then(() -> pass(Duration.ofSeconds(1)))
                .expectErrorSatisfies(failure(
                        FailureKind.TIMEOUT, "the video was not finished within PT1M; the job was still RUNNING"))
                .verify(PATIENCE);

        assertThat(provider.cancelled).containsExactly(JOB);
    }

    @Test
    void missingTheDeadlineIsToldEvenIfTheJobCannotBeCancelled() {
        provider.cancel = Mono.error(AvatarException.builder(FailureKind.UNAVAILABLE, "connection refused")
                .build());

        verify(watch(REQUEST).ignoreElements())
                .then(() -> pass(Duration.ofSeconds(65)))
                .expectErrorSatisfies(failure(
                        FailureKind.TIMEOUT, "the video was not finished within PT1M; the job was still RUNNING"))
                .verify(PATIENCE);
    }

    @Test
    void missingTheDeadlineIsToldEvenIfTheCancelIsNeverAnswered() {
        provider.cancel = Mono.<CancelOutcome>never();

        verify(watch(REQUEST).ignoreElements())
                .then(() -> pass(Duration.ofSeconds(65)))
                .expectErrorSatisfies(failure(
                        FailureKind.TIMEOUT, "the video was not finished within PT1M; the job was still RUNNING"))
                .verify(PATIENCE);
    }

    @Test
    void survivesFailuresThatPass() {
        provider.thenAnswers(unavailable(null))
                .thenAnswers(unavailable(null))
                .thenFinds(running(0.5))
                .thenAnswers(unavailable(null))
                .thenAnswers(unavailable(null))
                .thenFinds(completed());

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(30)))
                .expectNext(running(0.5), completed())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void givesUpAfterTooManyFailuresInARow() {
        provider.thenAnswers(unavailable(null)).thenAnswers(unavailable(null)).thenAnswers(unavailable(null));

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(30)))
                .expectErrorMessage("connection reset")
                .verify(PATIENCE);

        assertThat(provider.found).hasSize(3);
        assertThat(provider.cancelled).containsExactly(JOB);
    }

    @Test
    void givesUpAtOnceWhenAnotherLookWouldNotHelp() {
        provider.thenAnswers(Mono.error(AvatarException.builder(FailureKind.AUTHENTICATION, "the key was revoked")
                .build()));

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofSeconds(1)))
                .expectErrorMessage("the key was revoked")
                .verify(PATIENCE);
    }

    @Test
    void waitsAsLongAsTheProviderAsks() {
        provider.thenAnswers(unavailable(Duration.ofSeconds(10))).thenFinds(completed());

        verify(watch(REQUEST))
                .expectNext(queued())
                .then(() -> pass(Duration.ofMillis(10_999)))
                .then(() -> assertThat(provider.found).hasSize(1))
                .then(() -> pass(Duration.ofMillis(1)))
                .expectNext(completed())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void eachSubscriptionIsARenderWithAKeyOfItsOwn() {
        provider.submit = Mono.just(completed());
        Flux<AvatarJob> watch = client.watch(REQUEST);

        verify(watch.thenMany(watch)).expectNextCount(1).expectComplete().verify(PATIENCE);

        assertThat(provider.submitted)
                .hasSize(2)
                .extracting(AvatarRequest::idempotencyKey)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void keyOfTheRequestIsKept() {
        provider.submit = Mono.just(completed());
        AvatarRequest keyed = REQUEST.toBuilder().idempotencyKey("order-42").build();

        verify(watch(keyed)).expectNextCount(1).expectComplete().verify(PATIENCE);

        assertThat(provider.submitted).isEqualTo(List.of(keyed));
    }

    @Test
    void renderGivesTheVideo() {
        provider.thenFinds(running(0.5), completed());

        verify(client.render(REQUEST).map(ScriptedAvatarProvider::withoutAttempts))
                .then(() -> pass(Duration.ofSeconds(30)))
                .expectNext(VIDEO)
                .expectComplete()
                .verify(PATIENCE);
    }

    private Flux<AvatarJob> watch(AvatarRequest request) {
        return client.watch(request).map(ScriptedAvatarProvider::withoutAttempts);
    }

    private static Mono<AvatarJob> unavailable(@Nullable Duration retryAfter) {
        return Mono.error(AvatarException.builder(FailureKind.UNAVAILABLE, "connection reset")
                .retryAfter(retryAfter)
                .build());
    }

    private static Consumer<Throwable> failure(FailureKind kind, String message) {
        return seen -> assertThat(seen)
                .hasMessage(message)
                .asInstanceOf(type(AvatarException.class))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.provider()).isEqualTo(ScriptedAvatarProvider.ID))
                .satisfies(failure -> assertThat(failure.jobId()).isEqualTo(JOB));
    }

    private static <T> StepVerifier.FirstStep<T> verify(Publisher<T> publisher) {
        return StepVerifier.create(publisher);
    }

    private void pass(Duration duration) {
        // Step by step, as time does: a wait that begins within the span also ends within it.
        for (long passed = 0; passed < duration.toMillis(); passed++) {
            time.advanceTimeBy(Duration.ofMillis(1));
        }
    }
}
