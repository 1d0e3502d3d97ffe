package io.avatarservice.server.api;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Lets in as many submissions at a time as are soon answered. Whoever comes beyond them is told to come again, at once and
 * before the inputs are read, and holds up nobody.
 */
@Component
class SubmissionGate {

    // Two processors accept a hundred submissions in a second and more: those that are in wait a sixth of one.
    private static final int PER_PROCESSOR = 8;
    // An upload that takes longer waits for its network, and costs next to nothing.
    private static final Duration LONGEST_PLACE = Duration.ofSeconds(2);
    private static final String COME_AGAIN = "1";

    private final Semaphore places;
    private final Scheduler timer;

    @Autowired
    SubmissionGate(ServerProperties properties) {
        this(
                Objects.requireNonNullElseGet(
                        properties.maxSubmissions(),
                        () -> PER_PROCESSOR * Runtime.getRuntime().availableProcessors()),
                Schedulers.parallel());
    }

    /** @param timer ends places that are held for too long */
    SubmissionGate(int places, Scheduler timer) {
        this.places = new Semaphore(places);
        this.timer = timer;
    }

    /**
     * Takes a place, until it is given back or for two seconds.
     *
     * @throws ProblemException {@code RATE_LIMITED}
     */
    Place enter(ServerWebExchange exchange) {
        if (!places.tryAcquire()) {
            throw busy(exchange.getResponse());
        }
        return new Place();
    }

    /** Whether whoever came now would be refused. */
    boolean isFull() {
        return places.availablePermits() == 0;
    }

    /** What who is refused is told. */
    ProblemException busy(ServerHttpResponse response) {
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, COME_AGAIN);
        return new ProblemException(
                ProblemCode.RATE_LIMITED, "more submissions come in than are answered; send it again in a moment");
    }

    /** Of one submission. */
    final class Place {

        private final AtomicBoolean taken = new AtomicBoolean(true);
        private final Disposable end = timer.schedule(this::free, LONGEST_PLACE.toMillis(), TimeUnit.MILLISECONDS);

        private Place() {}

        /** Gives the place back; a second time does nothing. */
        void leave() {
            end.dispose();
            free();
        }

        private void free() {
            if (taken.compareAndSet(true, false)) {
                places.release();
            }
        }
    }
}
