package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One render from submit to end. Made for one subscription. */
final class JobWatch {

    private static final Logger log = LoggerFactory.getLogger(JobWatch.class);

    /** How long a failure is held back until the job is cancelled, so that a program that ends on it does not leave a job behind. */
    private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(5);

    private final AvatarProvider provider;
    private final Polling polling;
    private final AtomicReference<@Nullable AvatarJob> latest = new AtomicReference<>();

    /** Cached, so that a cancel during the submit does not lose sight of the job that may come of it. */
    private final Mono<AvatarJob> submitted;

    /** Cached, so that the job is cancelled once, and fully, whoever asks and however long they care. */
    private final Mono<Void> released;

    JobWatch(AvatarProvider provider, Mono<AvatarJob> start, Polling polling) {
        this.provider = provider;
        this.polling = polling;
        this.submitted = start.doOnNext(latest::set).cache();
        this.released = Mono.defer(this::release).cache();
    }

    /** Every state of the job, each once, up to a completed one. */
    Flux<AvatarJob> snapshots() {
        return submitted
                .flatMapMany(this::follow)
                .takeUntilOther(overdue())
                .onErrorResume(this::failAfterRelease)
                .doOnCancel(() -> released.subscribe());
    }

    private Flux<AvatarJob> follow(AvatarJob accepted) {
        return Mono.just(new Look(accepted, 0, 0, null))
                .expand(this::lookAgain)
                .map(Look::job)
                .doOnNext(latest::set)
                .distinctUntilChanged()
                .concatMap(JobWatch::orItsFailure);
    }

    private Mono<Look> lookAgain(Look look) {
        AvatarJob job = look.job();
        if (job.status().isTerminal()) {
            return Mono.empty();
        }
        return Mono.delay(look.pause(polling), polling.scheduler())
                .then(provider.find(job.id()))
                .switchIfEmpty(Mono.error(() -> forgotten(job)))
                .map(look::saw)
                .onErrorResume(
                        AvatarException.class,
                        failure -> look.mayTryAgain(failure, polling)
                                ? Mono.just(look.failed(failure))
                                : Mono.error(failure));
    }

    private Mono<AvatarJob> overdue() {
        return Mono.delay(polling.deadline(), polling.scheduler()).then(Mono.error(() -> {
            AvatarJob job = latest.get();
            String state = job == null ? "not yet accepted" : "still " + job.status();
            return AvatarException.builder(
                            FailureKind.TIMEOUT,
                            "the video was not finished within " + polling.deadline() + "; the job was " + state)
                    .provider(provider.id())
                    .jobId(job == null ? null : job.id())
                    .build();
        }));
    }

    private <T> Mono<T> failAfterRelease(Throwable failure) {
        return released.timeout(RELEASE_PATIENCE, polling.scheduler())
                .onErrorComplete()
                .then(Mono.error(failure));
    }

    private Mono<Void> release() {
        return submitted
                .onErrorComplete()
                .filter(accepted -> !ended())
                .map(AvatarJob::id)
                .flatMap(id -> provider.cancel(id)
                        .doOnNext(outcome -> log.debug("Job {} at {}: {}", id, provider.id(), outcome))
                        .onErrorResume(failure -> {
                            log.warn("Could not cancel job {} at {}: {}", id, provider.id(), failure.getMessage());
                            return Mono.empty();
                        }))
                .then();
    }

    private boolean ended() {
        AvatarJob job = latest.get();
        return job != null && job.status().isTerminal();
    }

    private AvatarException forgotten(AvatarJob job) {
        return AvatarException.builder(FailureKind.RENDER_FAILED, "the provider does not know the job anymore")
                .provider(provider.id())
                .jobId(job.id())
                .build();
    }

    private static Mono<AvatarJob> orItsFailure(AvatarJob job) {
        JobFailure failure = job.failure();
        return failure == null ? Mono.just(job) : Mono.error(() -> AvatarException.of(job, failure));
    }

    /**
     * One look at the job.
     *
     * @param job as last seen
     * @param number of this look, from 0
     * @param failures how many looks in a row have failed up to this one
     * @param retryAfter how long the provider asked to wait, or {@code null}
     */
    private record Look(
            AvatarJob job,
            int number,
            int failures,
            @Nullable Duration retryAfter) {

        Look saw(AvatarJob job) {
            return new Look(job, number + 1, 0, null);
        }

        Look failed(AvatarException failure) {
            return new Look(job, number + 1, failures + 1, failure.retryAfter());
        }

        /** Looking is idempotent, so every kind that allows a careful repetition allows it here. */
        boolean mayTryAgain(AvatarException failure, Polling polling) {
            return failures < polling.maxFailures()
                    && switch (failure.kind().sameProvider()) {
                        case AFTER_DELAY, WITH_BACK_OFF, IF_IDEMPOTENT -> true;
                        case NO, AFTER_RECONCILING -> false;
                    };
        }

        Duration pause(Polling polling) {
            Duration pause = polling.pause(number);
            return retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
        }
    }
}
