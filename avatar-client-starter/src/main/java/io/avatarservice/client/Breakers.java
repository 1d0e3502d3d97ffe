package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.ProviderId;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breakers of the client: with the application's settings where it has some, else with ours. What counts as a
 * failure is always the kind's to say.
 */
final class Breakers {

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    /** The configuration that an application shares among all our breakers. */
    private static final String SHARED = "avatar";

    private static final Predicate<Throwable> COUNTED =
            seen -> seen instanceof AvatarException failure && failure.kind().countsInBreaker();

    private static final Predicate<Throwable> PASSED_OVER = COUNTED.negate();

    private final CircuitBreakerRegistry registry;
    private final CircuitBreakerConfig defaults;

    Breakers(CircuitBreakerRegistry registry, Clock clock) {
        this.registry = registry;
        this.defaults = CircuitBreakerConfig.custom()
                .slidingWindow(20, 5, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .permittedNumberOfCallsInHalfOpenState(3)
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build();
    }

    /** The breaker in the registry, made or remade if it is not ours yet. */
    CircuitBreaker breaker(ProviderId provider, Operation operation) {
        String name = "avatar-" + provider + "-" + operation;
        CircuitBreaker configured = registry.find(name).orElse(null);
        if (configured == null) {
            return logged(registry.circuitBreaker(name, judging(shared(name))));
        }
        if (configured.getCircuitBreakerConfig().getIgnoreExceptionPredicate() == PASSED_OVER) {
            return configured;
        }
        CircuitBreaker ours =
                CircuitBreaker.of(name, judging(configured.getCircuitBreakerConfig()), configured.getTags());
        registry.replace(name, ours);
        return logged(ours);
    }

    private CircuitBreakerConfig shared(String name) {
        return registry.getConfiguration(name)
                .or(() -> registry.getConfiguration(SHARED))
                .orElse(defaults);
    }

    /** Neither counted nor passed over would be taken for a success. Classes are forgotten, as they would outvote kinds. */
    private static CircuitBreakerConfig judging(CircuitBreakerConfig base) {
        return CircuitBreakerConfig.from(base)
                // Without locks: calls end on event loops, which must not wait for each other.
                .slidingWindow(
                        base.getSlidingWindowSize(),
                        base.getMinimumNumberOfCalls(),
                        base.getSlidingWindowType(),
                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .recordExceptions()
                .ignoreExceptions()
                .recordException(COUNTED)
                .ignoreException(PASSED_OVER)
                .build();
    }

    private static CircuitBreaker logged(CircuitBreaker breaker) {
        breaker.getEventPublisher().onStateTransition(Breakers::log);
        return breaker;
    }

    private static void log(CircuitBreakerOnStateTransitionEvent event) {
        StateTransition transition = event.getStateTransition();
        if (transition.getToState() == State.OPEN) {
            log.warn("Circuit breaker {} opened; it was {}", event.getCircuitBreakerName(), transition.getFromState());
        } else {
            log.info(
                    "Circuit breaker {} is {} now; it was {}",
                    event.getCircuitBreakerName(),
                    transition.getToState(),
                    transition.getFromState());
        }
    }
}
