package io.avatarservice.spi.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * What every {@link AvatarProvider} must show, so that a client can tell providers apart by their capabilities and by
 * nothing else. Extend it beside the provider, put a fake of the other side behind it, and fill in the hooks:
 *
 * <pre>{@code
 * class StudioContractIT extends AvatarProviderContractTests {
 *
 *     private final FakeStudio studio = new FakeStudio();
 *
 *     @Override
 *     protected AvatarProvider provider() {
 *         return new StudioAvatarProvider(studio.url());
 *     }
 *
 *     @Override
 *     protected void rendersFailWith(FailureKind kind) {
 *         studio.failWith(kind == FACE_NOT_FOUND ? "no_face" : "crashed");
 *     }
 *     ...
 * }
 * }</pre>
 *
 * <p>When a test begins, renders succeed and no call fails; set that up in a {@code @BeforeEach} where the fake is shared.
 * A check that does not apply to the provider's capabilities is reported as skipped, with the reason.
 *
 * @since 0.1.0
 */
public abstract class AvatarProviderContractTests {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final String SECRET = "c0ntract-s3cret";

    /** The provider under test; may be a new instance each time, on the same other side. */
    protected abstract AvatarProvider provider();

    /** A provider of the same kind whose other side cannot be reached at all. */
    protected abstract AvatarProvider unreachable();

    /** What the other side of {@link #provider()} has seen since the test began. */
    protected abstract ProviderTraffic traffic();

    /** The file that finished renders give. */
    protected abstract byte[] video();

    /** A video of this provider that is not there anymore. */
    protected abstract AvatarVideo lostVideo();

    /** The kinds that accepted jobs can end with, apart from being cancelled; at least one. */
    protected abstract Set<FailureKind> renderFailures();

    /**
     * Coming jobs are accepted and then end with a failure.
     *
     * @param kind one of {@link #renderFailures()}
     */
    protected abstract void rendersFailWith(FailureKind kind);

    /** Coming jobs are accepted and never end by themselves. */
    protected abstract void rendersNeverEnd();

    /**
     * The next submit reaches the other side, which makes a job, and its answer gets lost.
     *
     * @return false if that cannot happen to this provider
     */
    protected abstract boolean loseTheNextAnswer();

    /**
     * From now on the other side takes calls and does not answer them until the handle is closed.
     *
     * @return the handle
     */
    protected abstract AutoCloseable holdAnswers();

    /** How long anything here may take before it counts as hanging; 30 seconds unless overridden. */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** A portrait that the provider takes; a PNG of 256 by 256 pixels unless overridden. */
    protected byte[] portrait() {
        return ContractMedia.portrait();
    }

    /** A speech recording that the provider takes; a WAV of one second unless overridden. */
    protected byte[] speech() {
        return ContractMedia.speech();
    }

    /**
     * An address of such a medium. An example that nobody can fetch from unless overridden: enough for a provider that
     * only passes addresses on.
     *
     * @param scheme one that the provider takes or must refuse
     * @param file {@code portrait.png} or {@code speech.wav}
     */
    protected URI address(String scheme, String file) {
        return URI.create(scheme + "://media.example.com/" + file);
    }

    /** The name of a job that never was, in the provider's own form. */
    protected JobId unknownJob() {
        return JobId.of("0198c0de-0000-7000-8000-000000000000");
    }

    @Test
    void idIsStable() {
        AvatarProvider provider = provider();
        ProviderId before = provider.id();

        render(provider);

        assertThat(provider.id()).isEqualTo(before);
    }

    @Test
    void capabilitiesAreConstantAndNeedNoCall() {
        AvatarProvider provider = provider();
        int calls = traffic().calls();
        ProviderCapabilities before = provider.capabilities();
        assertThat(traffic().calls()).isEqualTo(calls);

        render(provider);

        assertThat(provider.capabilities()).isEqualTo(before);
    }

    @Test
    void nothingIsSentBeforeTheSubscription() {
        AvatarProvider provider = provider();
        ProviderTraffic before = traffic();

        List<Publisher<?>> unused = List.of(
                provider.submit(request()),
                provider.reconcile(keyed("unused")),
                provider.find(unknownJob()),
                provider.cancel(unknownJob()),
                provider.download(lostVideo()),
                provider.probe());

        assertThat(unused).doesNotContainNull();
        assertThat(traffic()).isEqualTo(before);
    }

    @Test
    void eachSubscriptionIsOneSubmit() {
        Mono<AvatarJob> submit = provider().submit(request());
        int before = traffic().submits();

        JobId first = value(submit).id();
        JobId second = value(submit).id();

        assertThat(traffic().submits() - before).isEqualTo(2);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void submitGivesAJobOfThisProvider() {
        AvatarProvider provider = provider();

        AvatarJob job = value(provider.submit(request()));

        assertThat(job.provider()).isEqualTo(provider.id());
    }

    @Test
    void acceptedJobCanBeFound() {
        AvatarProvider provider = provider();
        AvatarJob job = value(provider.submit(request()));

        AvatarJob found = value(provider.find(job.id()));

        assertThat(found.id()).isEqualTo(job.id());
        assertThat(found.provider()).isEqualTo(provider.id());
    }

    @Test
    void unknownJobIsEmpty() {
        StepVerifier.create(provider().find(unknownJob())).expectComplete().verify(patience());
    }

    @Test
    void renderEndsWithAVideoOfThisProvider() {
        AvatarProvider provider = provider();

        AvatarJob job = render(provider);

        assertThat(job.status()).isEqualTo(AvatarJobStatus.COMPLETED);
        assertThat(videoOf(job).provider()).isEqualTo(provider.id());
        assertThat(videoOf(job).jobId()).isEqualTo(job.id());
    }

    @Test
    void videoIsDownloadedWholeAndInOrder() {
        AvatarProvider provider = provider();
        AvatarVideo video = videoOf(render(provider));

        assertThat(bytes(provider.download(video))).isEqualTo(video());
    }

    @Test
    void videoCanBeDownloadedTwice() {
        AvatarProvider provider = provider();
        Flux<ByteBuffer> download = provider.download(videoOf(render(provider)));

        bytes(download);

        assertThat(bytes(download)).isEqualTo(video());
    }

    @Test
    void downloadOfAVideoThatIsGoneFails() {
        AvatarProvider provider = provider();

        StepVerifier.create(provider.download(lostVideo()).ignoreElements())
                .expectErrorSatisfies(failureOf(provider))
                .verify(patience());
    }

    @TestFactory
    Stream<DynamicTest> failedRenderIsAJobWithItsKind() {
        assertThat(renderFailures()).as("renderFailures()").isNotEmpty();
        return new TreeSet<>(renderFailures())
                .stream()
                        .map(kind -> dynamicTest(kind.name(), () -> {
                            rendersFailWith(kind);

                            AvatarJob job = render(provider());

                            assertThat(job.status()).isEqualTo(AvatarJobStatus.ERROR);
                            assertThat(job.failure())
                                    .extracting(JobFailure::kind)
                                    .isEqualTo(kind);
                            assertThat(job.failure())
                                    .extracting(JobFailure::message, InstanceOfAssertFactories.STRING)
                                    .isNotBlank();
                        }));
    }

    @Test
    void submitToAnUnreachableProviderIsUnavailable() {
        AvatarProvider provider = unreachable();

        StepVerifier.create(provider.submit(request()))
                .expectErrorSatisfies(failureOf(provider, FailureKind.UNAVAILABLE, FailureKind.SUBMIT_UNCONFIRMED))
                .verify(patience());
    }

    @Test
    void lookAtAnUnreachableProviderIsUnavailable() {
        AvatarProvider provider = unreachable();

        StepVerifier.create(provider.find(unknownJob()))
                .expectErrorSatisfies(failureOf(provider, FailureKind.UNAVAILABLE))
                .verify(patience());
    }

    @Test
    void cancelAtAnUnreachableProviderIsUnavailable() {
        AvatarProvider provider = unreachable();
        assumeThat(provider.capabilities().cancellation()).as("cancellation").isTrue();

        StepVerifier.create(provider.cancel(unknownJob()))
                .expectErrorSatisfies(failureOf(provider, FailureKind.UNAVAILABLE))
                .verify(patience());
    }

    @Test
    void probeAsksForNoJob() {
        ProviderTraffic before = traffic();

        StepVerifier.create(provider().probe())
                .thenConsumeWhile(facts -> true)
                .expectComplete()
                .verify(patience());

        assertThat(traffic().submits()).isEqualTo(before.submits());
        assertThat(traffic().jobs()).isEqualTo(before.jobs());
    }

    @Test
    void sameKeyGivesTheSameJob() {
        AvatarProvider provider = provider();
        assumeThat(provider.capabilities().idempotentSubmit())
                .as("idempotentSubmit")
                .isTrue();
        int before = traffic().jobs();

        JobId first = value(provider.submit(keyed("same-key"))).id();
        JobId second = value(provider.submit(keyed("same-key"))).id();

        assertThat(second).isEqualTo(first);
        assertThat(traffic().jobs() - before).isEqualTo(1);
    }

    @Test
    void otherKeyGivesAnotherJob() {
        AvatarProvider provider = provider();

        JobId first = value(provider.submit(keyed("first-key"))).id();
        JobId second = value(provider.submit(keyed("second-key"))).id();

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void submitWhoseAnswerIsLostCanBeRepeatedWithItsKey() {
        AvatarProvider provider = provider();
        assumeThat(provider.capabilities().idempotentSubmit())
                .as("idempotentSubmit")
                .isTrue();
        int before = traffic().jobs();
        assumeThat(loseTheNextAnswer()).as("answers can be lost").isTrue();

        StepVerifier.create(provider.submit(keyed("lost")))
                .expectErrorSatisfies(failureOf(provider, FailureKind.UNAVAILABLE, FailureKind.TIMEOUT))
                .verify(patience());
        value(provider.submit(keyed("lost")));

        assertThat(traffic().jobs() - before).isEqualTo(1);
    }

    @Test
    void submitWhoseAnswerIsLostIsUnconfirmedWithoutSuchAKey() {
        AvatarProvider provider = provider();
        AvatarRequest request = provider.capabilities().idempotentSubmit() ? request() : keyed("not-understood");
        assumeThat(loseTheNextAnswer()).as("answers can be lost").isTrue();

        StepVerifier.create(provider.submit(request))
                .expectErrorSatisfies(failureOf(provider, FailureKind.SUBMIT_UNCONFIRMED))
                .verify(patience());
    }

    @Test
    void reconcilingFindsTheJobOrAdmitsNotToKnow() {
        AvatarProvider provider = provider();
        AvatarRequest request = keyed("reconciled");
        value(provider.submit(request));
        ProviderTraffic before = traffic();

        StepVerifier.create(provider.reconcile(request)
                        .map(AvatarJob::provider)
                        .switchIfEmpty(Mono.error(new AssertionError("there is a job, and it is said to be none")))
                        .onErrorResume(AvatarException.class, failure -> {
                            failureOf(provider, FailureKind.SUBMIT_UNCONFIRMED).accept(failure);
                            return Mono.just(provider.id());
                        }))
                .expectNext(provider.id())
                .expectComplete()
                .verify(patience());

        assertThat(traffic().jobs()).isEqualTo(before.jobs());
        assertThat(traffic().submits()).isEqualTo(before.submits());
    }

    @Test
    void cancelOfAnUnknownJobIsAnOutcome() {
        AvatarProvider provider = provider();

        assertThat(value(provider.cancel(unknownJob())))
                .isIn(
                        provider.capabilities().cancellation()
                                ? Set.of(CancelOutcome.UNKNOWN_JOB)
                                : Set.of(CancelOutcome.UNKNOWN_JOB, CancelOutcome.NOT_SUPPORTED));
    }

    @Test
    void cancelStopsAJobIfItSaysSo() {
        rendersNeverEnd();
        AvatarProvider provider = provider();
        JobId job = value(provider.submit(request())).id();

        CancelOutcome outcome = value(provider.cancel(job));

        if (provider.capabilities().cancellation()) {
            assertThat(outcome).isEqualTo(CancelOutcome.CANCELLED);
            assertThat(provider.find(job).map(AvatarJob::status).block(patience()))
                    .isIn(AvatarJobStatus.CANCELLED, null);
        } else {
            assertThat(outcome).isEqualTo(CancelOutcome.NOT_SUPPORTED);
        }
    }

    @Test
    void cancellingTwiceHasTheEffectOfOnce() {
        rendersNeverEnd();
        AvatarProvider provider = provider();
        JobId job = value(provider.submit(request())).id();

        CancelOutcome first = value(provider.cancel(job));
        CancelOutcome second = value(provider.cancel(job));

        assertThat(second).isIn(first, CancelOutcome.UNKNOWN_JOB);
    }

    @Test
    void cancelOfAFinishedJobIsAnOutcome() {
        AvatarProvider provider = provider();
        JobId job = render(provider).id();

        assertThat(value(provider.cancel(job)))
                .isIn(
                        provider.capabilities().cancellation()
                                ? Set.of(CancelOutcome.ALREADY_FINISHED)
                                : Set.of(CancelOutcome.ALREADY_FINISHED, CancelOutcome.NOT_SUPPORTED));
    }

    @Test
    void contentIsTakenOrRefusedAsTheCapabilitiesSay() {
        takenOrRefused(AvatarRequest.of(MediaSource.bytes(portrait()), MediaSource.bytes(speech())));
    }

    @TestFactory
    Stream<DynamicTest> addressesAreTakenOrRefusedAsTheCapabilitiesSay() {
        return Stream.of("http", "https", "s3", "gs")
                .map(scheme -> dynamicTest(scheme, () -> takenOrRefused(addresses(scheme, ""))));
    }

    @Test
    void drivingVideoIsTakenOrRefusedAsTheCapabilitiesSay() {
        AvatarRequest plain = request();
        takenOrRefused(plain.toBuilder().drivingVideo(plain.speech()).build());
    }

    @Test
    void drivingVideoWithoutSpeechIsTakenOrRefusedAsTheCapabilitiesSay() {
        AvatarRequest plain = request();
        takenOrRefused(AvatarRequest.driven(plain.portrait(), plain.portrait()).build());
    }

    @Test
    void webhookIsNoReasonToRefuse() {
        AvatarRequest request = request().toBuilder()
                .webhook(URI.create("https://orchestrator.example.com/hooks/" + SECRET))
                .build();

        assertThat(value(provider().submit(request)).toString()).doesNotContain(SECRET);
    }

    @Test
    void signaturesAreNotShown() {
        AvatarProvider provider = provider();
        AvatarJob job = render(provider);
        String query = videoOf(job).url().getRawQuery();
        assumeThat(query).as("signature of the video's address").isNotNull();

        assertThat(job.toString()).doesNotContain(query);
    }

    @Test
    void failuresDoNotShowSignaturesOfTheRequest() {
        AvatarProvider provider = unreachable();
        Set<String> schemes = provider.capabilities().urlSchemes();
        assumeThat(schemes).as("urlSchemes").isNotEmpty();
        AvatarRequest request = addresses(
                schemes.contains("https") ? "https" : schemes.iterator().next(), SECRET);

        StepVerifier.create(provider.submit(request))
                .expectErrorSatisfies(seen -> {
                    failureOf(provider).accept(seen);
                    assertThat(stackTrace(seen)).doesNotContain(SECRET);
                })
                .verify(patience());
    }

    @Test
    void callsDoNotBlockTheSubscriber() throws Exception {
        AvatarProvider provider = provider();
        CountDownLatch subscribed = new CountDownLatch(1);
        Flux<Object> calls = Flux.mergeDelayError(
                5,
                provider.submit(request()),
                provider.find(unknownJob()),
                provider.cancel(unknownJob()),
                provider.download(lostVideo()),
                provider.probe());
        try (AutoCloseable held = holdAnswers()) {
            assertThat(held).isNotNull();
            Thread caller = new Thread(() -> {
                calls.subscribe(seen -> {}, failed -> {});
                subscribed.countDown();
            });
            caller.setDaemon(true);
            caller.start();

            assertThat(subscribed.await(patience().toMillis(), TimeUnit.MILLISECONDS))
                    .as("subscribe returns although no call is answered")
                    .isTrue();
        }
    }

    @Test
    void worksOnThreadsThatMustNotBlock() {
        AvatarProvider provider = provider();

        StepVerifier.create(Mono.defer(() -> provider.submit(request()))
                        .flatMap(job -> Mono.defer(() -> provider.find(job.id())))
                        .subscribeOn(Schedulers.parallel()))
                .expectNextCount(1)
                .expectComplete()
                .verify(patience());
    }

    @Test
    void manyThreadsMayUseIt() {
        AvatarProvider provider = provider();
        int submits = 32;

        StepVerifier.create(Flux.range(0, submits)
                        .flatMap(
                                i -> Mono.defer(() -> provider.submit(keyed("many-" + i)))
                                        .subscribeOn(Schedulers.parallel()),
                                submits)
                        .map(AvatarJob::id)
                        .distinct()
                        .count())
                .expectNext((long) submits)
                .expectComplete()
                .verify(patience());
    }

    /** A request that the provider takes: by addresses if it can, as content otherwise. */
    private AvatarRequest request() {
        Set<String> schemes = provider().capabilities().urlSchemes();
        return Stream.of("https", "http", "s3", "gs")
                .filter(schemes::contains)
                .findFirst()
                .map(scheme -> addresses(scheme, ""))
                .orElseGet(() -> AvatarRequest.of(MediaSource.bytes(portrait()), MediaSource.bytes(speech())));
    }

    private AvatarRequest keyed(String key) {
        return request().toBuilder().idempotencyKey("contract-" + key).build();
    }

    private AvatarRequest addresses(String scheme, String signature) {
        String query = signature.isEmpty() ? "" : "?signature=" + signature;
        return AvatarRequest.of(
                MediaSource.url(URI.create(address(scheme, "portrait.png") + query)),
                MediaSource.url(URI.create(address(scheme, "speech.wav") + query)));
    }

    private void takenOrRefused(AvatarRequest request) {
        AvatarProvider provider = provider();
        if (provider.capabilities().lacks(request) == null) {
            assertThat(value(provider.submit(request)).provider()).isEqualTo(provider.id());
            return;
        }
        ProviderTraffic before = traffic();

        StepVerifier.create(provider.submit(request))
                .expectErrorSatisfies(failureOf(provider, FailureKind.UNSUPPORTED, FailureKind.INVALID_REQUEST))
                .verify(patience());

        assertThat(traffic()).isEqualTo(before);
    }

    private AvatarJob render(AvatarProvider provider) {
        AvatarRequest request = keyed(UUID.randomUUID().toString());
        return value(provider.submit(request)
                .flatMap(accepted -> provider.find(accepted.id())
                        .repeatWhen(looked -> looked.delayElements(BETWEEN_LOOKS))
                        .startWith(accepted)
                        .filter(job -> job.status().isTerminal())
                        .next()));
    }

    private static AvatarVideo videoOf(AvatarJob job) {
        return Objects.requireNonNull(job.video(), () -> "a completed job has a video: " + job);
    }

    private <T> T value(Mono<T> call) {
        return Objects.requireNonNull(call.block(patience()), "the call ended without a value");
    }

    private byte[] bytes(Flux<ByteBuffer> download) {
        ByteArrayOutputStream all = value(download.collect(ByteArrayOutputStream::new, (collected, piece) -> {
            byte[] content = new byte[piece.remaining()];
            piece.get(content);
            collected.writeBytes(content);
        }));
        return all.toByteArray();
    }

    private static String stackTrace(Throwable seen) {
        StringWriter text = new StringWriter();
        seen.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Checks a failure: of the right type, by this provider, and of one of the kinds if any are named. */
    private static Consumer<@Nullable Throwable> failureOf(AvatarProvider provider, FailureKind... kinds) {
        return seen -> {
            AvatarException failure = assertThat(seen)
                    .asInstanceOf(InstanceOfAssertFactories.type(AvatarException.class))
                    .actual();
            assertThat(failure.provider()).isEqualTo(provider.id());
            assertThat(failure.getMessage()).isNotBlank();
            if (kinds.length > 0) {
                assertThat(failure.kind()).isIn((Object[]) kinds);
            }
        };
    }
}
