package io.avatarservice.did;

import io.avatarservice.did.DidWire.Talk;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Finds out whether a submit whose answer got lost has made a talk. A talk may show up late, so D-ID is asked several
 * times; if the last look fails, twice more.
 */
final class DidReconciliation {

    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    /** After so many looks, one that shows no talk is believed. */
    private static final int LOOKS = 4;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Our clock and D-ID's may differ by this much. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    /** Where it is not known when the submit was sent: by then D-ID has thrown away what it rendered. */
    private static final Duration FAR_BACK = Duration.ofHours(24);

    private final DidApi api;
    private final DidFailures failures;
    private final Clock clock;
    private final Scheduler scheduler;

    DidReconciliation(DidApi api, DidFailures failures, Clock clock, Scheduler scheduler) {
        this.api = api;
        this.failures = failures;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Looks for the talk of a submit.
     *
     * @param submittedAt when it was sent, or {@code null} if that is not known
     * @return the talk; empty if it is certain that there is none. Fails with {@link FailureKind#SUBMIT_UNCONFIRMED} if it
     *     cannot be known
     */
    Mono<Talk> find(String idempotencyKey, @Nullable Instant submittedAt) {
        return Mono.defer(() -> {
                    Instant sent = Objects.requireNonNullElseGet(
                            submittedAt, () -> clock.instant().minus(FAR_BACK));
                    return looks(new TalkSearch(api, idempotencyKey, sent.minus(SKEW), scheduler));
                })
                .timeout(LIMIT, scheduler)
                .onErrorMap(this::unconfirmed);
    }

    private Mono<Talk> looks(TalkSearch search) {
        return Flux.range(0, PAUSES.size())
                .concatMap(number -> Mono.delay(PAUSES.get(number), scheduler)
                        .then(search.look())
                        .map(look -> new Numbered(number, look)))
                .takeUntil(Numbered::settles)
                .last()
                .flatMap(last -> conclude(last.look()));
    }

    private static Mono<Talk> conclude(TalkSearch.Look look) {
        if (look.talk() != null) {
            return Mono.just(look.talk());
        }
        return look.complete() ? Mono.empty() : Mono.error(look.obstacle());
    }

    private AvatarException unconfirmed(Throwable seen) {
        String why = seen instanceof TalkSearch.InconclusiveException
                ? Objects.requireNonNullElse(seen.getMessage(), "")
                : failures.of(seen, null).reason();
        return AvatarException.builder(
                        FailureKind.SUBMIT_UNCONFIRMED, "it cannot be known whether there is a talk: " + why)
                .provider(DidAvatarProvider.ID)
                .build();
    }

    private record Numbered(int number, TalkSearch.Look look) {

        boolean settles() {
            return look.talk() != null || (number >= LOOKS - 1 && look.complete());
        }
    }
}
