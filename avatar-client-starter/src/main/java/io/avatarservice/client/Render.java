package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind.NextProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One wish for a video on its way through the providers, one after the other, as far as the kinds of their failures allow.
 * Made for one subscription.
 */
final class Render {

    private static final Logger log = LoggerFactory.getLogger(Render.class);

    private final AvatarRequest request;
    private final RenderSettings settings;
    private final Attempts attempts = new Attempts();
    private final long begun;

    /** Set once a job has failed by itself: one other provider gets it, so that a poisonous one does not visit them all. */
    private boolean lastChance;

    Render(AvatarRequest request, RenderSettings settings) {
        this.request = request;
        this.settings = settings;
        this.begun = now();
    }

    /** Every state of the job that a provider accepted, and of the next one's where that one failed. */
    Flux<AvatarJob> watch() {
        return ask(0, ProviderAttempt::watch);
    }

    /** The first job that a provider accepts. */
    Mono<AvatarJob> accept() {
        return ask(0, ProviderAttempt::accept).singleOrEmpty();
    }

    private Flux<AvatarJob> ask(int index, Function<ProviderAttempt, Flux<AvatarJob>> way) {
        return Flux.defer(() -> {
            ProviderPipeline pipeline = settings.candidates().get(index);
            long asked = now();
            return way.apply(new ProviderAttempt(pipeline, request, settings, limit(index)))
                    .map(job -> attempts.tell(job, since(asked)))
                    .onErrorResume(AvatarException.class, failure -> {
                        boolean mayGoOn = mayAskNext(failure);
                        attempts.add(pipeline.id(), failure, since(asked));
                        alert(pipeline, failure);
                        if (!mayGoOn || isLast(index) || isOverdue()) {
                            return Flux.error(attempts.conclude());
                        }
                        log.warn(
                                "{} did not deliver, {} is asked instead: {}",
                                pipeline.id(),
                                settings.candidates().get(index + 1).id(),
                                failure.getMessage());
                        return ask(index + 1, way);
                    });
        });
    }

    private boolean mayAskNext(AvatarException failure) {
        boolean asked = !(failure instanceof NotAskedException);
        if (asked && lastChance) {
            return false;
        }
        NextProvider next = failure.kind().nextProvider();
        lastChance |= next == NextProvider.ONCE;
        return switch (next) {
            case NO, NEVER -> false;
            // The same provider was asked again for as long as its delays fitted into the budget.
            case YES, YES_AND_ALERT, ONCE, IF_DELAY_EXCEEDS_BUDGET -> true;
            case AFTER_RECONCILING -> failure instanceof ReconciledException;
        };
    }

    private static void alert(ProviderPipeline pipeline, AvatarException failure) {
        if (failure.kind().nextProvider() == NextProvider.YES_AND_ALERT) {
            log.error("{} needs somebody to look after it: {}", pipeline.id(), failure.getMessage());
        }
    }

    private TimeLimit limit(int index) {
        TimeLimit whole = new TimeLimit(left(), settings.polling().deadline());
        return isLast(index) ? whole : whole.orSooner(TimeLimit.of(settings.jobDeadline()));
    }

    private boolean isLast(int index) {
        return index == settings.candidates().size() - 1;
    }

    private boolean isOverdue() {
        return left().isZero() || left().isNegative();
    }

    private Duration left() {
        return settings.polling().deadline().minus(since(begun));
    }

    private Duration since(long millis) {
        return Duration.ofMillis(now() - millis);
    }

    private long now() {
        return settings.polling().scheduler().now(TimeUnit.MILLISECONDS);
    }
}
