package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One job at one provider, from its submit to its end. Made for one subscription. */
final class JobWatch {

    private static final Logger log = LoggerFactory.getLogger(JobWatch.class);

    /** How long a failure is held back until the job is cancelled, so that a program that ends on it does not leave a job behind. */
    private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(5);

    private final ProviderPipeline pipeline;
    private final Polling polling;
    private final TimeLimit limit;
    private final Flux<Boolean> hints;

    /** What it means if the limit is over before there is an answer to the first call. */
    private final FailureKind unanswered;

    private final AtomicReference<@Nullable AvatarJob> latest = new AtomicReference<>();
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final AtomicBoolean handedOver = new AtomicBoolean();

    /** Cached, so that a cancel during the submit does not lose sight of the job that may come of it. */
    private final Mono<AvatarJob> first;

    /** Cached, so that the job is cancelled once, and fully, whoever asks and however long they care. */
    private final Mono<Void> released;

    private JobWatch(
            ProviderPipeline pipeline,
            Function<BooleanSupplier, Mono<AvatarJob>> first,
            FailureKind unanswered,
            Polling polling,
            TimeLimit limit,
            Flux<Boolean> hints) {
        this.pipeline = pipeline;
        this.polling = polling;
        this.limit = limit;
        this.unanswered = unanswered;
        // One that ended would end every pause at once.
        this.hints = hints.onErrorComplete().concatWith(Mono.never());
        this.first = first.apply(() -> !abandoned.get()).doOnNext(latest::set).cache();
        this.released = Mono.defer(this::release).cache();
    }

    /**
     * The job that will come of a submit.
     *
     * @param submit given a way to learn whether anybody still waits for it
     * @param hints elements whenever a look is worth while; hot
     */
    static JobWatch ofSubmit(
            ProviderPipeline pipeline,
            Function<BooleanSupplier, Mono<AvatarJob>> submit,
            Polling polling,
            TimeLimit limit,
            Flux<Boolean> hints) {
        return new JobWatch(pipeline, submit, pipeline.ofSubmit(FailureKind.TIMEOUT), polling, limit, hints);
    }

    /** A job that was accepted earlier. */
    static JobWatch ofJob(ProviderPipeline pipeline, JobId id, Polling polling, TimeLimit limit) {
        return new JobWatch(
                pipeline,
                wanted -> pipeline.findAgain(id, wanted).switchIfEmpty(Mono.error(() -> forgotten(pipeline, id))),
                FailureKind.TIMEOUT,
                polling,
                limit,
                Flux.never());
    }

    /** Every state of the job, each once, up to a completed one. */
    Flux<AvatarJob> snapshots() {
        return bounded(first.flatMapMany(this::follow));
    }

    /** The job as accepted, whatever becomes of it then. */
    Flux<AvatarJob> accepted() {
        return bounded(first.flux().doOnNext(job -> handedOver.set(true)));
    }

    private Flux<AvatarJob> bounded(Flux<AvatarJob> jobs) {
        return jobs.takeUntilOther(overdue())
                .onErrorMap(AvatarException.class, this::ofThisJob)
                .doOnError(AvatarException.class, this::tellBreaker)
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
        return pauseAfter(look)
                .then(Mono.defer(() -> pipeline.find(job.id())))
                .switchIfEmpty(Mono.error(() -> forgotten(pipeline, job.id())))
                .map(look::saw)
                .onErrorResume(
                        AvatarException.class,
                        failure -> look.mayTryAgain(failure, polling)
                                ? Mono.just(look.failed(failure))
                                : Mono.error(failure));
    }

    /** A hint says that there is something to see, not that a provider in trouble is well again. */
    private Mono<Long> pauseAfter(Look look) {
        Mono<Long> pause = Mono.delay(look.pause(polling), polling.scheduler());
        return look.failures() == 0 ? pause.takeUntilOther(hints.next()) : pause;
    }

    private Mono<AvatarJob> overdue() {
        return Mono.delay(limit.left(), polling.scheduler()).then(Mono.error(() -> {
            AvatarJob job = latest.get();
            String state = job == null ? "not yet known" : "still " + job.status();
            return AvatarException.builder(
                            job == null ? unanswered : FailureKind.TIMEOUT,
                            "the video was not finished within " + limit.whole() + "; the job was " + state)
                    .provider(pipeline.id())
                    .build();
        }));
    }

    /** A failed look does not always say what was looked at. */
    private AvatarException ofThisJob(AvatarException failure) {
        AvatarJob job = latest.get();
        if (job == null || (failure.jobId() != null && failure.provider() != null)) {
            return failure;
        }
        return failure.toBuilder().provider(pipeline.id()).jobId(job.id()).build();
    }

    private void tellBreaker(AvatarException failure) {
        if (latest.get() != null) {
            pipeline.lost(failure);
        }
    }

    private <T> Mono<T> failAfterRelease(Throwable failure) {
        return released.timeout(RELEASE_PATIENCE, polling.scheduler())
                .onErrorComplete()
                .then(Mono.error(failure));
    }

    private Mono<Void> release() {
        abandoned.set(true);
        return first.onErrorComplete()
                .filter(accepted -> !ended() && !handedOver.get())
                .map(AvatarJob::id)
                .flatMap(id -> pipeline.cancel(id)
                        .doOnNext(outcome -> log.debug("Job {} at {}: {}", id, pipeline.id(), outcome))
                        .onErrorResume(failure -> {
                            log.warn("Could not cancel job {} at {}: {}", id, pipeline.id(), failure.getMessage());
                            return Mono.empty();
                        }))
                .then();
    }

    private boolean ended() {
        AvatarJob job = latest.get();
        return job != null && job.status().isTerminal();
    }

    private static AvatarException forgotten(ProviderPipeline pipeline, JobId id) {
        return AvatarException.builder(FailureKind.RENDER_FAILED, "the provider does not know the job anymore")
                .provider(pipeline.id())
                .jobId(id)
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
