package io.avatarservice.did;

import io.avatarservice.did.Submission.SentUpload;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Deletes at D-ID what nobody needs anymore, in the background. A talk that still renders cannot be deleted, so that is
 * tried again for some minutes. Nobody waits for it: failures are logged, and D-ID's own time limits do the rest.
 */
final class DidCleanup {

    private static final Logger log = LoggerFactory.getLogger(DidCleanup.class);

    private static final int MAX_PENDING = 1_000;
    private static final int MAX_RETRIES = 15;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Set<FailureKind> PASSING =
            EnumSet.of(FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE, FailureKind.TIMEOUT);

    private final DidApi api;
    private final DidFailures failures;
    private final Scheduler scheduler;
    private final Set<Object> pending = ConcurrentHashMap.newKeySet();

    DidCleanup(DidApi api, DidFailures failures, Scheduler scheduler) {
        this.api = api;
        this.failures = failures;
        this.scheduler = scheduler;
    }

    /** Deletes a talk once it has ended, and then the media that were uploaded for it. */
    void deleteTalk(JobId id, List<SentUpload> uploads) {
        inBackground(id, "talk " + id, patiently(api.deleteTalk(id.value())).thenMany(deletions(uploads)));
    }

    /** Deletes media of a submit that was refused. */
    void deleteUploads(List<SentUpload> uploads) {
        if (!uploads.isEmpty()) {
            inBackground(uploads, "uploads of a refused submit", deletions(uploads));
        }
    }

    private Flux<Void> deletions(List<SentUpload> uploads) {
        return Flux.fromIterable(uploads).concatMap(upload -> patiently(api.deleteUpload(upload.role(), upload.id())));
    }

    private Mono<Void> patiently(Mono<Void> deletion) {
        return deletion.onErrorResume(DidCleanup::isGone, seen -> Mono.empty())
                .retryWhen(Retry.backoff(MAX_RETRIES, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(scheduler)
                        .filter(seen -> PASSING.contains(failures.of(seen, null).kind()))
                        .onRetryExhaustedThrow((retry, signal) -> signal.failure()));
    }

    private void inBackground(Object key, String what, Flux<Void> work) {
        if (pending.size() >= MAX_PENDING || !pending.add(key)) {
            log.debug("Not deleting {} at D-ID: already at it, or too much to do", what);
            return;
        }
        work.doFinally(end -> pending.remove(key))
                .subscribe(
                        nothing -> {},
                        seen -> log.warn(
                                "Could not delete {} at D-ID: {}",
                                what,
                                failures.of(seen, null).reason()),
                        () -> log.debug("Deleted {} at D-ID", what));
    }

    private static boolean isGone(Throwable seen) {
        return seen instanceof DidResponseException response && response.isUnknown();
    }
}
