package io.avatarservice.server.api;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Lets in as many submissions at a time as are soon answered. Whoever comes beyond them waits in line, with the inputs
 * still unread, and holds up nobody; whose turn comes too late is to come again.
 */
@Component
class SubmissionGate {

    // Two processors accept a hundred submissions in a second and more: those that are in take less than a tenth of
    // one.
    private static final int PER_PROCESSOR = 3;
    // An upload that takes longer waits for its network, and costs next to nothing.
    private static final Duration LONGEST_PLACE = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(60);
    // Each is a connection with its first packet, some tens of kB.
    private static final int LONGEST_LINE = 1024;
    private static final String COME_AGAIN = "1";

    private final Scheduler scheduler;
    private final Set<Waiter> line = new LinkedHashSet<>();
    private int free;

    @Autowired
    SubmissionGate(ServerProperties properties) {
        this(
                Objects.requireNonNullElseGet(
                        properties.maxSubmissions(),
                        () -> PER_PROCESSOR * Runtime.getRuntime().availableProcessors()),
                Schedulers.parallel());
    }

    /** @param scheduler calls those in line, and ends places that are held for too long */
    SubmissionGate(int places, Scheduler scheduler) {
        this.free = places;
        this.scheduler = scheduler;
    }

    /**
     * A place, at once or when it is the caller's turn. It lasts until it is given back, or for a quarter of a second. Where even
     * the line is full it is no place, and {@link Place#late() late} at once.
     */
    Mono<Place> enter() {
        return Mono.create(this::enter);
    }

    /** What those are told who come too late. */
    static ProblemException busy(ServerHttpResponse response) {
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, COME_AGAIN);
        return new ProblemException(
                ProblemCode.RATE_LIMITED, "more submissions come in than are answered; send it again in a moment");
    }

    private void enter(MonoSink<Place> sink) {
        Waiter waiter = new Waiter(sink, now());
        sink.onCancel(waiter::leave);
        Place place = placeFor(waiter);
        if (place != null) {
            sink.success(place);
        }
    }

    /** Empty where the waiter is in line. */
    private synchronized @Nullable Place placeFor(Waiter waiter) {
        if (free > 0) {
            free--;
            return new Place(0);
        }
        if (line.size() == LONGEST_LINE) {
            return new Place();
        }
        line.add(waiter);
        return null;
    }

    private void release() {
        Waiter next = next();
        if (next != null) {
            // not here: whoever gives a place back has work of its own
            scheduler.schedule(next::enter);
        }
    }

    private synchronized @Nullable Waiter next() {
        Iterator<Waiter> waiters = line.iterator();
        if (!waiters.hasNext()) {
            free++;
            return null;
        }
        Waiter first = waiters.next();
        waiters.remove();
        return first;
    }

    private synchronized void forget(Waiter waiter) {
        line.remove(waiter);
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }

    /** One submission in line. */
    private final class Waiter {

        private final MonoSink<Place> sink;
        private final long since;
        private volatile boolean gone;

        Waiter(MonoSink<Place> sink, long since) {
            this.sink = sink;
            this.since = since;
        }

        void enter() {
            Place place = new Place(now() - since);
            sink.success(place);
            if (gone) {
                place.leave();
            }
        }

        void leave() {
            gone = true;
            forget(this);
        }
    }

    /** Of one submission. */
    final class Place {

        private final AtomicBoolean taken;
        private final boolean inLine;
        private final boolean late;
        private final Disposable end;

        /** @param waited milliseconds in line */
        private Place(long waited) {
            this.taken = new AtomicBoolean(true);
            this.inLine = waited > 0;
            this.late = waited > LONGEST_WAIT.toMillis();
            this.end = scheduler.schedule(this::free, LONGEST_PLACE.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** No place. */
        private Place() {
            this.taken = new AtomicBoolean();
            this.inLine = true;
            this.late = true;
            this.end = Disposables.disposed();
        }

        /** Whether more come in than are let in at once. */
        boolean inLine() {
            return inLine;
        }

        /** Whether the client has waited for so long that it shall come again instead. */
        boolean late() {
            return late;
        }

        /** Gives the place back; a second time does nothing. */
        void leave() {
            end.dispose();
            free();
        }

        private void free() {
            if (taken.compareAndSet(true, false)) {
                release();
            }
        }
    }
}
