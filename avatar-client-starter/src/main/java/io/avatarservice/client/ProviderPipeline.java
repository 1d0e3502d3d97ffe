package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way to one provider. Every call passes, from the inside out, its time limit, its circuit breaker and its retry, each
 * an operator on the subscription: a call that is stuck counts in the breaker, and a repetition is a call of its own.
 */
final class ProviderPipeline {

    private final AvatarProvider provider;
    private final Map<Operation, CircuitBreaker> breakers = new EnumMap<>(Operation.class);
    private final Duration callTimeout;
    private final RetryPolicy retry;

    ProviderPipeline(AvatarProvider provider, Breakers breakers, Duration callTimeout, RetryPolicy retry) {
        this.provider = provider;
        this.callTimeout = callTimeout;
        this.retry = retry;
        for (Operation operation : Operation.values()) {
            this.breakers.put(operation, breakers.breaker(provider.id(), operation));
        }
    }

    ProviderId id() {
        return provider.id();
    }

    ProviderCapabilities capabilities() {
        return provider.capabilities();
    }

    /**
     * A job, however many calls it takes; never two.
     *
     * @param request with an idempotency key
     * @param wanted whether anybody still waits for it; nothing is repeated for nobody
     */
    Mono<AvatarJob> submit(AvatarRequest request, BooleanSupplier wanted) {
        return guarded(
                        Operation.SUBMIT,
                        null,
                        () -> provider.submit(request)
                                .switchIfEmpty(
                                        Mono.error(() -> new IllegalStateException("there was no job in the answer"))))
                .onErrorResume(AvatarException.class, failure -> reconciled(request, failure))
                .retryWhen(new SameProviderRetry(retry, capabilities().idempotentSubmit(), wanted));
    }

    /** One look at a job; whoever polls decides on the next. */
    Mono<AvatarJob> find(JobId id) {
        return guarded(Operation.FIND, id, () -> provider.find(id));
    }

    /** A look at a job of which nothing else is known. */
    Mono<AvatarJob> findAgain(JobId id, BooleanSupplier wanted) {
        return find(id).retryWhen(new SameProviderRetry(retry, true, wanted));
    }

    Mono<CancelOutcome> cancel(JobId id) {
        return guarded(Operation.CANCEL, id, () -> provider.cancel(id))
                .retryWhen(new SameProviderRetry(retry, true, () -> true));
    }

    /** The pieces of a video. Once the first has been handed on, a failure is final. */
    Flux<ByteBuffer> download(AvatarVideo video) {
        return Flux.defer(() -> {
            AtomicBoolean begun = new AtomicBoolean();
            return Flux.defer(() -> provider.download(video))
                    .timeout(callTimeout, retry.scheduler())
                    .onErrorMap(seen -> understood(Operation.DOWNLOAD, video.jobId(), seen))
                    .transformDeferred(CircuitBreakerOperator.of(breaker(Operation.DOWNLOAD)))
                    .onErrorMap(CallNotPermittedException.class, refused -> open(Operation.DOWNLOAD))
                    .doOnNext(piece -> begun.set(true))
                    .retryWhen(new SameProviderRetry(retry, true, () -> !begun.get()));
        });
    }

    /**
     * Tells the breaker of submits what became of an accepted job: a provider that accepts everything and renders nothing
     * is not healthy. Only while the breaker is closed, because half-open it waits for the answers to its probes.
     */
    void lost(AvatarException failure) {
        CircuitBreaker submits = breaker(Operation.SUBMIT);
        if (submits.getState() == State.CLOSED) {
            submits.onError(0, TimeUnit.NANOSECONDS, failure);
        }
    }

    /** What a submit failed with if it may have been accepted: only a key makes that harmless. */
    FailureKind ofSubmit(FailureKind kind) {
        return capabilities().idempotentSubmit() ? kind : FailureKind.SUBMIT_UNCONFIRMED;
    }

    private <T> Mono<T> guarded(Operation operation, @Nullable JobId job, Supplier<Mono<T>> call) {
        return Mono.defer(call)
                .timeout(callTimeout, retry.scheduler())
                .onErrorMap(seen -> understood(operation, job, seen))
                .transformDeferred(CircuitBreakerOperator.of(breaker(operation)))
                .onErrorMap(CallNotPermittedException.class, refused -> open(operation));
    }

    /** The job of a submit whose answer was lost. What is only unclear stays so: a second job might be charged. */
    private Mono<AvatarJob> reconciled(AvatarRequest request, AvatarException failure) {
        if (failure.kind() != FailureKind.SUBMIT_UNCONFIRMED) {
            return Mono.error(failure);
        }
        return Mono.defer(() -> provider.reconcile(request))
                .timeout(callTimeout, retry.scheduler())
                .onErrorMap(seen -> understood(Operation.FIND, null, seen))
                .retryWhen(new SameProviderRetry(retry, true, () -> true))
                .onErrorMap(unclear -> {
                    if (unclear != failure) {
                        failure.addSuppressed(unclear);
                    }
                    return failure;
                })
                .switchIfEmpty(Mono.error(() -> new ReconciledException(failure)));
    }

    private AvatarException understood(Operation operation, @Nullable JobId job, Throwable seen) {
        if (seen instanceof AvatarException known) {
            return known;
        }
        boolean late = seen instanceof TimeoutException;
        String message = late
                ? "no answer to the " + operation + " within " + callTimeout
                : "the " + operation + " failed unexpectedly with "
                        + seen.getClass().getSimpleName();
        FailureKind kind = late ? FailureKind.TIMEOUT : FailureKind.UNAVAILABLE;
        return AvatarException.builder(operation == Operation.SUBMIT ? ofSubmit(kind) : kind, message)
                .provider(id())
                .jobId(job)
                .cause(seen)
                .build();
    }

    /** Tells for how long it stays open, so that whoever polls does not use up patience on a closed door. */
    private AvatarException open(Operation operation) {
        CircuitBreaker breaker = breaker(operation);
        Duration wait = Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
        return new NotAskedException(
                id(), FailureKind.UNAVAILABLE, "the circuit breaker '" + breaker.getName() + "' is open", wait);
    }

    private CircuitBreaker breaker(Operation operation) {
        return Objects.requireNonNull(breakers.get(operation), "a breaker per operation");
    }
}
