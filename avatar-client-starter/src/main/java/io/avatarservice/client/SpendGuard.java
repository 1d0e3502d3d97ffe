package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps what is rendered by paid providers within a limit of video time per UTC day. Counts in memory: a restart starts
 * the day anew, and each process has the whole limit to itself.
 */
final class SpendGuard {

    private final @Nullable Duration limit;
    private final Duration assumed;
    private final Clock clock;
    private final AtomicReference<Day> day = new AtomicReference<>(new Day(LocalDate.EPOCH, Duration.ZERO));

    /**
     * A guard with nothing spent.
     *
     * @param limit per day, or {@code null} for none
     * @param assumed length of a speech that does not tell its own, and of a driving video
     */
    SpendGuard(@Nullable Duration limit, Duration assumed, Clock clock) {
        this.limit = limit;
        this.assumed = assumed;
        this.clock = clock;
    }

    /** Sets video time aside for a render that is about to be submitted. Fails if it would exceed the limit. */
    Mono<Reservation> reserve(ProviderPipeline pipeline, @Nullable MediaSource speech) {
        Duration most = limit;
        if (most == null || !pipeline.capabilities().paid()) {
            return Mono.just(Reservation.NONE);
        }
        return SpeechLength.of(speech).defaultIfEmpty(assumed).map(length -> take(pipeline, length, most));
    }

    private Reservation take(ProviderPipeline pipeline, Duration length, Duration most) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Day before = day.getAndUpdate(seen -> seen.at(today).plusWithin(length, most))
                .at(today);
        if (before.fits(length, most)) {
            return new Taken(today, length);
        }
        throw new NotAskedException(
                pipeline.id(),
                FailureKind.QUOTA_EXHAUSTED,
                "the limit of " + most + " of paid video a day leaves no room for another " + length + ": "
                        + before.spent() + " are spent");
    }

    /** Video time that was set aside. */
    interface Reservation {

        /** Of a render that costs nothing. */
        Reservation NONE = new Reservation() {

            @Override
            public void correct(Duration actual) {}

            @Override
            public void failed(AvatarException failure) {}
        };

        /** The video turned out to be this long. */
        void correct(Duration actual);

        /** The submit failed; what it certainly did not cost is given back. */
        void failed(AvatarException failure);
    }

    private final class Taken implements Reservation {

        private final LocalDate date;
        private final AtomicReference<Duration> length;

        Taken(LocalDate date, Duration length) {
            this.date = date;
            this.length = new AtomicReference<>(length);
        }

        @Override
        public void correct(Duration actual) {
            Duration change = actual.minus(length.getAndSet(actual));
            // What is known only after midnight changes a day that nobody asks about anymore.
            day.updateAndGet(seen -> seen.date().equals(date) ? seen.plus(change) : seen);
        }

        @Override
        public void failed(AvatarException failure) {
            boolean perhapsAccepted = switch (failure.kind()) {
                case SUBMIT_UNCONFIRMED -> !(failure instanceof ReconciledException);
                case TIMEOUT -> true;
                default -> false;
            };
            if (!perhapsAccepted) {
                correct(Duration.ZERO);
            }
        }
    }

    /**
     * What a day has cost so far.
     *
     * @param date in UTC
     * @param spent of video time, reservations included
     */
    private record Day(LocalDate date, Duration spent) {

        Day at(LocalDate today) {
            return today.isAfter(date) ? new Day(today, Duration.ZERO) : this;
        }

        boolean fits(Duration length, Duration limit) {
            return spent.plus(length).compareTo(limit) <= 0;
        }

        Day plusWithin(Duration length, Duration limit) {
            return fits(length, limit) ? plus(length) : this;
        }

        Day plus(Duration length) {
            return new Day(date, spent.plus(length));
        }
    }
}
