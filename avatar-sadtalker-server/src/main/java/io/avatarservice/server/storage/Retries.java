package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** Tries again, after longer and longer pauses, what the store could not do for the moment. */
final class Retries {

    /** How the time between two tries passes. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(Retries.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int attempts;
    private final Duration backoff;
    private final Pause pause;

    /**
     * @param attempts tries in all, at least one
     * @param backoff the first pause; each further one is twice as long, up to half a minute
     */
    Retries(int attempts, Duration backoff, Pause pause) {
        this.attempts = attempts;
        this.backoff = backoff;
        this.pause = pause;
    }

    /**
     * Does the work. An interrupt ends the pauses: the last failure is thrown then.
     *
     * @throws ProblemException the last one with {@code STORAGE_UNAVAILABLE}, or the first one of another kind
     */
    <T> T call(String what, Supplier<T> work) {
        BackOffExecution pauses = pauses();
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (ProblemException e) {
                if (e.code() != ProblemCode.STORAGE_UNAVAILABLE || attempt == attempts) {
                    throw e;
                }
                Duration length = Duration.ofMillis(pauses.nextBackOff());
                log.warn(
                        "{} failed {} of {} times and is tried again in {}",
                        what,
                        attempt,
                        attempts,
                        DurationFormatterUtils.print(length, DurationFormat.Style.SIMPLE));
                waitFor(length, e);
            }
        }
    }

    private void waitFor(Duration length, ProblemException failure) {
        try {
            pause.pause(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private BackOffExecution pauses() {
        ExponentialBackOff doubling = new ExponentialBackOff(backoff.toMillis(), 2);
        doubling.setMaxInterval(Math.max(LONGEST.toMillis(), backoff.toMillis()));
        return doubling.start();
    }
}
