package io.avatarservice.server.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Repeats what a run must tell the database while that does not answer: minutes of work hang on it. */
final class DatabasePatience {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    // Then the run is given up as one of a dead server is, and the job is rendered again.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private DatabasePatience() {}

    /** Blocks until the database has answered. The call may be repeated although it took effect. */
    static <T> Optional<T> await(Callable<Optional<T>> call) {
        return Mono.fromCallable(call)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(Schedulers.boundedElastic())
                        .filter(e -> e instanceof DataAccessException || e instanceof TransactionException))
                .blockOptional(LONGEST)
                .orElseGet(Optional::empty);
    }
}
