package io.avatarservice.did;

import io.avatarservice.did.DidWire.Credits;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What is left on the account. D-ID is asked once a minute at most, however often a health check runs. */
final class DidCredits {

    private static final Duration FRESH = Duration.ofSeconds(60);

    private final DidApi api;
    private final DidFailures failures;
    private final Clock clock;
    private final AtomicReference<@Nullable Reading> latest = new AtomicReference<>();

    DidCredits(DidApi api, DidFailures failures, Clock clock) {
        this.api = api;
        this.failures = failures;
        this.clock = clock;
    }

    /** Facts for operators. Fails if renders would be refused. */
    Mono<Map<String, Object>> probe() {
        return Mono.defer(this::read).map(DidCredits::details).onErrorMap(seen -> failures.of(seen, null));
    }

    private Mono<Credits> read() {
        Instant now = clock.instant();
        Reading known = latest.get();
        if (known != null && now.isBefore(known.at().plus(FRESH))) {
            return Mono.just(known.credits());
        }
        return api.credits()
                // Some accounts are charged in another way.
                .onErrorResume(DidCredits::isWithout, seen -> Mono.just(new Credits(null, null)))
                .doOnNext(credits -> latest.set(new Reading(now, credits)));
    }

    private static boolean isWithout(Throwable seen) {
        return seen instanceof DidResponseException response && response.isUnknown();
    }

    private static Map<String, Object> details(Credits credits) {
        if (credits.remaining() != null && credits.remaining() <= 0) {
            throw AvatarException.builder(FailureKind.QUOTA_EXHAUSTED, "the D-ID account has no credits left")
                    .provider(DidAvatarProvider.ID)
                    .build();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        if (credits.remaining() != null) {
            details.put("credits.remaining", credits.remaining());
        }
        if (credits.total() != null) {
            details.put("credits.total", credits.total());
        }
        return details;
    }

    private record Reading(Instant at, Credits credits) {}
}
