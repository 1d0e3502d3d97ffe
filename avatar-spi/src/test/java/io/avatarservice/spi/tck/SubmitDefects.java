package io.avatarservice.spi.tck;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Mistakes that can be made with a submit. */
final class SubmitDefects {

    private SubmitDefects() {}

    static List<Defect> all() {
        return List.of(
                submit("sends before the subscription", "nothingIsSentBeforeTheSubscription", (next, request, farm) -> {
                    if (farm != null) {
                        farm.call();
                    }
                    return next.submit(request);
                }),
                submit(
                        "remembers the first answer",
                        "eachSubscriptionIsOneSubmit",
                        (next, request, farm) -> next.submit(request).cache()),
                submit(
                        "gives another's jobs",
                        "submitGivesAJobOfThisProvider",
                        (next, request, farm) ->
                                next.submit(request).map(job -> AvatarJob.queued(ProviderId.of("another"), job.id()))),
                submit(
                        "fails with what it saw",
                        "submitToAnUnreachableProviderIsUnavailable",
                        (next, request, farm) -> next.submit(request).onErrorMap(IllegalStateException::new)),
                submit("passes keys over", "sameKeyGivesTheSameJob", SubmitDefects::withoutKey),
                submit(
                        "passes keys over when repeating",
                        "submitWhoseAnswerIsLostCanBeRepeatedWithItsKey",
                        SubmitDefects::withoutKey),
                submit("knows one key only", "otherKeyGivesAnotherJob", SubmitDefects::withOneKey),
                submit("mixes threads up", "manyThreadsMayUseIt", SubmitDefects::withOneKey),
                submit(
                        "claims that nothing was sent",
                        "submitWhoseAnswerIsLostIsUnconfirmedWithoutSuchAKey",
                        (next, request, farm) -> next.submit(request)
                                .onErrorMap(seen -> InMemoryAvatarProvider.failure(FailureKind.UNAVAILABLE, "gone"))),
                refusing(
                        "takes no content",
                        "contentIsTakenOrRefusedAsTheCapabilitiesSay",
                        request -> request.portrait() instanceof MediaSource.Bytes),
                refusing(
                        "takes no addresses",
                        "addressesAreTakenOrRefusedAsTheCapabilitiesSay",
                        request -> request.portrait() instanceof MediaSource.Url),
                refusing(
                        "takes no driving video",
                        "drivingVideoIsTakenOrRefusedAsTheCapabilitiesSay",
                        request -> request.drivingVideo() != null),
                refusing(
                        "takes no driving video without speech",
                        "drivingVideoWithoutSpeechIsTakenOrRefusedAsTheCapabilitiesSay",
                        request -> request.speech() == null),
                refusing("takes no webhook", "webhookIsNoReasonToRefuse", request -> request.webhook() != null),
                late("contentIsTakenOrRefusedAsTheCapabilitiesSay"),
                late("addressesAreTakenOrRefusedAsTheCapabilitiesSay"),
                late("drivingVideoIsTakenOrRefusedAsTheCapabilitiesSay"),
                late("drivingVideoWithoutSpeechIsTakenOrRefusedAsTheCapabilitiesSay"),
                submit(
                        "repeats the request in its message",
                        "failuresDoNotShowSignaturesOfTheRequest",
                        (next, request, farm) -> next.submit(request)
                                .onErrorMap(
                                        AvatarException.class,
                                        seen -> InMemoryAvatarProvider.failure(
                                                seen.kind(),
                                                "failed: " + ((MediaSource.Url) request.portrait()).url()))),
                submit(
                        "works on the subscriber's thread",
                        "callsDoNotBlockTheSubscriber",
                        (next, request, farm) -> Mono.fromRunnable(
                                () -> Objects.requireNonNull(farm).call())),
                submit(
                        "waits for its own answer",
                        "worksOnThreadsThatMustNotBlock",
                        (next, request, farm) -> Mono.fromSupplier(() ->
                                Objects.requireNonNull(next.submit(request).block()))));
    }

    private static Mono<AvatarJob> withoutKey(
            InMemoryAvatarProvider next, AvatarRequest request, @Nullable InMemoryFarm farm) {
        return next.submit(request.toBuilder().idempotencyKey(null).build())
                .onErrorMap(seen -> InMemoryAvatarProvider.failure(FailureKind.UNAVAILABLE, "gone"));
    }

    private static Mono<AvatarJob> withOneKey(
            InMemoryAvatarProvider next, AvatarRequest request, @Nullable InMemoryFarm farm) {
        return next.submit(request.toBuilder().idempotencyKey("always").build());
    }

    /** Says that it can, and cannot. */
    private static Defect refusing(String name, String caughtBy, Predicate<AvatarRequest> refused) {
        return submit(
                name,
                caughtBy,
                (next, request, farm) -> refused.test(request)
                        ? Mono.error(() -> InMemoryAvatarProvider.failure(FailureKind.UNSUPPORTED, "not this"))
                        : next.submit(request));
    }

    /** Says that it cannot, and finds out by asking. */
    private static Defect late(String caughtBy) {
        return new Defect(
                "asks before it refuses: " + caughtBy,
                caughtBy,
                InMemoryAvatarProvider.BARE,
                (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
                    @Override
                    public Mono<AvatarJob> submit(AvatarRequest request) {
                        return probe().then(super.submit(request));
                    }
                });
    }

    private static Defect submit(String name, String caughtBy, Submit mistake) {
        return Defect.of(name, caughtBy, (farm, capabilities) -> new MistakenSubmit(farm, capabilities, mistake));
    }

    private interface Submit {

        Mono<AvatarJob> submit(InMemoryAvatarProvider next, AvatarRequest request, @Nullable InMemoryFarm farm);
    }

    private static final class MistakenSubmit extends InMemoryAvatarProvider {

        private final InMemoryAvatarProvider next;
        private final Submit mistake;
        private final @Nullable InMemoryFarm farm;

        MistakenSubmit(@Nullable InMemoryFarm farm, ProviderCapabilities capabilities, Submit mistake) {
            super(farm, capabilities);
            this.next = new InMemoryAvatarProvider(farm, capabilities);
            this.mistake = mistake;
            this.farm = farm;
        }

        @Override
        public Mono<AvatarJob> submit(AvatarRequest request) {
            return mistake.submit(next, request, farm);
        }
    }
}
