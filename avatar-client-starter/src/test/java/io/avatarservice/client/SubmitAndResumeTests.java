package io.avatarservice.client;

import static io.avatarservice.client.ScriptedAvatarProvider.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class SubmitAndResumeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final VirtualTime time = new VirtualTime();
    private final ScriptedAvatarProvider gpu = ScriptedAvatarProvider.ofOurs("sadtalker");
    private final ScriptedAvatarProvider paid = ScriptedAvatarProvider.ofPaid("d-id");
    private final AvatarClient client = AvatarClient.builder(gpu)
            .fallbacks(List.of(paid))
            .pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(2))
            .scheduler(time.scheduler())
            .clock(time)
            .build();

    @Test
    void submitGivesTheAcceptedJobAndLeavesItAlone() {
        StepVerifier.create(client.submit(REQUEST))
                .expectNext(AvatarJob.queued(gpu.id(), JOB))
                .expectComplete()
                .verify(PATIENCE);
        time.pass(Duration.ofHours(1));

        assertThat(gpu.found).isEmpty();
        assertThat(gpu.cancelled).isEmpty();
    }

    @Test
    void acceptedJobOutlivesASubscriberThatLeavesLater() {
        Disposable subscription =
                client.submit(REQUEST).flatMap(job -> Mono.never()).subscribe();

        subscription.dispose();

        assertThat(gpu.accepted).containsExactly(JOB);
        assertThat(gpu.cancelled).isEmpty();
    }

    @Test
    void leavingBeforeTheAnswerCancelsTheJobThatComesOfIt() {
        Sinks.One<AvatarJob> answer = Sinks.one();
        gpu.submit = answer.asMono();
        Disposable subscription = client.submit(REQUEST).subscribe();

        subscription.dispose();
        answer.tryEmitValue(AvatarJob.queued(gpu.id(), JOB)).orThrow();

        assertThat(gpu.cancelled).containsExactly(JOB);
    }

    @Test
    void submitGoesToTheNextProviderThatAccepts() {
        gpu.thenRefuses(FailureKind.QUOTA_EXHAUSTED);

        StepVerifier.create(client.submit(REQUEST))
                .expectNext(AvatarJob.queued(paid.id(), JOB))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void submitThatNobodyAcceptsTellsWhoWasAsked() {
        gpu.thenRefuses(FailureKind.QUOTA_EXHAUSTED);
        paid.thenRefuses(FailureKind.AUTHENTICATION);

        StepVerifier.create(client.submit(REQUEST))
                .expectErrorSatisfies(seen -> assertThat(((AvatarException) seen).attempts())
                        .extracting(AvatarAttempt::provider)
                        .containsExactly(gpu.id(), paid.id()))
                .verify(PATIENCE);
    }

    @Test
    void resumeLooksAtOnceAndFollowsTheJobToItsVideo() {
        gpu.thenFinds(AvatarJob.queued(gpu.id(), JOB)).thenCompletes();

        StepVerifier.create(client.resume(gpu.id(), JOB))
                .expectNext(AvatarJob.queued(gpu.id(), JOB))
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .assertNext(job -> assertThat(job.video())
                        .isNotNull()
                        .satisfies(video -> assertThat(video.attempts())
                                .containsExactly(AvatarAttempt.succeeded(gpu.id(), JOB, Duration.ofSeconds(1)))))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(gpu.submitted).isEmpty();
    }

    @Test
    void resumeIsPatientWithTheFirstLook() {
        gpu.thenAnswers(Mono.error(gpu.failure(FailureKind.UNAVAILABLE))).thenCompletes();

        StepVerifier.create(client.resume(gpu.id(), JOB))
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void resumeOfAJobThatTheProviderDoesNotKnowFails() {
        gpu.thenAnswers(Mono.empty());

        StepVerifier.create(client.resume(gpu.id(), JOB))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .hasMessage("the provider does not know the job anymore")
                        .isInstanceOfSatisfying(AvatarException.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(FailureKind.RENDER_FAILED);
                            assertThat(failure.jobId()).isEqualTo(JOB);
                            assertThat(failure.attempts()).hasSize(1);
                        }))
                .verify(PATIENCE);
    }

    @Test
    void resumeAtAnUnknownProviderFails() {
        StepVerifier.create(client.resume(ProviderId.of("other"), JOB))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .hasMessage("the job is at 'other', which this client does not know")
                        .isInstanceOfSatisfying(
                                AvatarException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED)))
                .verify(PATIENCE);
    }

    @Test
    void resumedJobStaysWithItsProvider() {
        gpu.thenFinds(ScriptedAvatarProvider.failed(
                gpu.id(), AvatarJobStatus.ERROR, FailureKind.UNAVAILABLE, "shutting down"));

        StepVerifier.create(client.resume(gpu.id(), JOB))
                .expectErrorMessage("shutting down")
                .verify(PATIENCE);

        assertThat(paid.submitted).isEmpty();
    }

    @Test
    void cancellingAResumedJobCancelsIt() {
        StepVerifier.create(client.resume(gpu.id(), JOB))
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(gpu.cancelled).containsExactly(JOB);
    }
}
