package io.avatarservice.server.job;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The recent changes of every job, for those who watch now and those who come back. */
final class JobEvents {

    // Every event carries the whole job, so dropping the oldest loses no fact.
    private static final int REPLAYED = 64;

    private final Map<JobId, Log> logs = new ConcurrentHashMap<>();

    void publish(JobView view) {
        logs.computeIfAbsent(view.job().id(), id -> new Log()).append(view);
    }

    /** The retained events, then the coming ones; completes after the one with the final state. */
    Optional<Flux<JobEvent>> of(JobId id) {
        return Optional.ofNullable(logs.get(id)).map(Log::flux);
    }

    /** The sequence number of the latest event. */
    Optional<Long> lastSequence(JobId id) {
        return Optional.ofNullable(logs.get(id)).map(Log::sequence);
    }

    void remove(JobId id) {
        logs.remove(id);
    }

    private static final class Log {

        private final Sinks.Many<JobEvent> sink = Sinks.many().replay().limit(REPLAYED);
        private long sequence;

        synchronized void append(JobView view) {
            sequence++;
            sink.tryEmitNext(new JobEvent(sequence, view)).orThrow();
            if (view.job().status().finished()) {
                sink.tryEmitComplete().orThrow();
            }
        }

        synchronized long sequence() {
            return sequence;
        }

        Flux<JobEvent> flux() {
            return sink.asFlux();
        }
    }
}
