package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Repeats a call as the kind of its failure allows, and within the budget; else fails with what the provider said last. */
final class SameProviderRetry extends Retry {

    private final RetryPolicy policy;
    private final boolean idempotent;
    private final BooleanSupplier wanted;

    /**
     * A retry of one call.
     *
     * @param idempotent whether making the call twice has the effect of once
     * @param wanted whether a repetition still makes sense to whoever called; asked before each
     */
    SameProviderRetry(RetryPolicy policy, boolean idempotent, BooleanSupplier wanted) {
        this.policy = policy;
        this.idempotent = idempotent;
        this.wanted = wanted;
    }

    @Override
    public Publisher<?> generateCompanion(Flux<RetrySignal> failures) {
        Run run = new Run();
        return failures.concatMap(signal -> run.next(signal.failure(), signal.totalRetries()), 0);
    }

    /** The repetitions of one subscription. */
    private final class Run {

        private final long begun = now();
        private @Nullable Throwable before;

        Mono<Long> next(Throwable failure, long retry) {
            if (failure instanceof NotAskedException && before != null) {
                // The breaker opened on what came before, and that is what the provider said.
                return Mono.error(before);
            }
            if (!(failure instanceof AvatarException known) || retry >= policy.maxRetries() || !mayRepeat(known)) {
                return Mono.error(failure);
            }
            Duration pause = pause(known, retry);
            if (pause.compareTo(left()) > 0) {
                return Mono.error(failure);
            }
            before = failure;
            return Mono.delay(pause, policy.scheduler())
                    .filter(passed -> wanted.getAsBoolean())
                    .switchIfEmpty(Mono.error(failure));
        }

        private boolean mayRepeat(AvatarException failure) {
            if (failure instanceof NotAskedException || !wanted.getAsBoolean()) {
                return false;
            }
            return switch (failure.kind().sameProvider()) {
                case NO -> false;
                case AFTER_DELAY, WITH_BACK_OFF -> true;
                case IF_IDEMPOTENT -> idempotent;
                case AFTER_RECONCILING -> failure instanceof ReconciledException;
            };
        }

        private Duration pause(AvatarException failure, long retry) {
            Duration pause = policy.pause(retry);
            Duration asked = failure.retryAfter();
            if (asked == null) {
                return pause;
            }
            return switch (failure.kind().sameProvider()) {
                case AFTER_DELAY -> asked;
                default -> asked.compareTo(pause) > 0 ? asked : pause;
            };
        }

        private Duration left() {
            return policy.budget().minusMillis(now() - begun);
        }

        private long now() {
            return policy.scheduler().now(TimeUnit.MILLISECONDS);
        }
    }
}
