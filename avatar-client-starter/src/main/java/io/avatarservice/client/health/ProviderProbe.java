package io.avatarservice.client.health;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Asks one provider, and never fails nor takes longer than allowed. */
final class ProviderProbe {

    private final AvatarProvider provider;
    private final Duration timeout;
    private final Scheduler scheduler;

    ProviderProbe(AvatarProvider provider, Duration timeout, Scheduler scheduler) {
        this.provider = provider;
        this.timeout = timeout;
        this.scheduler = scheduler;
    }

    Mono<ProviderHealth> ask() {
        return Mono.defer(provider::probe)
                .map(facts -> new ProviderHealth(ProviderHealth.State.UP, facts))
                .defaultIfEmpty(new ProviderHealth(ProviderHealth.State.UNKNOWN, Map.of()))
                .timeout(timeout, scheduler)
                .onErrorResume(failure -> Mono.just(down(failure)));
    }

    /** Only what a provider wrote for people: other messages may hold an address or worse. */
    private ProviderHealth down(Throwable failure) {
        if (failure instanceof AvatarException known) {
            return down(known.kind(), known.reason());
        }
        if (failure instanceof TimeoutException) {
            return down(FailureKind.TIMEOUT, "no answer within " + timeout);
        }
        return down(
                FailureKind.UNAVAILABLE,
                "the probe failed: " + failure.getClass().getSimpleName());
    }

    private static ProviderHealth down(FailureKind kind, String message) {
        return new ProviderHealth(ProviderHealth.State.DOWN, Map.of("kind", kind.name(), "message", message));
    }
}
