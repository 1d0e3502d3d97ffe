package io.avatarservice.did;

import io.avatarservice.did.DidWire.Talk;
import io.avatarservice.did.DidWire.Talks;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Looks through the account's recent talks for the one with an idempotency key. It is not known whether a list shows what
 * a talk can be recognized by; if it does not, the recent talks are read one by one. Made for one reconciliation.
 */
final class TalkSearch {

    private static final int PAGE = 100;
    private static final int MAX_PAGES = 20;
    private static final int MAX_SINGLE = 100;
    private static final int AT_ONCE = 4;

    /** A look goes through many pages, and one that fails would spoil it. */
    private static final int RETRIES_OF_A_PAGE = 2;

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final DidApi api;
    private final String idempotencyKey;
    private final Instant since;
    private final Scheduler scheduler;

    /** Talks that were read and are somebody else's. */
    private final Set<String> others = ConcurrentHashMap.newKeySet();

    TalkSearch(DidApi api, String idempotencyKey, Instant since, Scheduler scheduler) {
        this.api = api;
        this.idempotencyKey = idempotencyKey;
        this.since = since;
        this.scheduler = scheduler;
    }

    /** One look; a failed one is a look, too. */
    Mono<Look> look() {
        return Mono.defer(() -> page(null).expand(this::next).take(MAX_PAGES).collectList())
                .flatMap(this::judge)
                .onErrorResume(seen -> Mono.just(new Look(null, seen)));
    }

    private Mono<Talks> next(Talks page) {
        return page.token() == null || isLast(page) ? Mono.empty() : page(page.token());
    }

    private Mono<Talks> page(@Nullable String token) {
        return api.list(PAGE, token)
                .retryWhen(Retry.backoff(RETRIES_OF_A_PAGE, PAUSE)
                        .scheduler(scheduler)
                        .onRetryExhaustedThrow((retry, signal) -> signal.failure()));
    }

    /** Whether the pages behind this one are of no interest. */
    private boolean isLast(Talks page) {
        List<Talk> talks = talks(page);
        return talks.stream().anyMatch(this::isOurs) || talks.isEmpty() || reachesBack(talks);
    }

    /** Only where the newest come first; the order is not documented. */
    private boolean reachesBack(List<Talk> talks) {
        Instant first = DidJobs.createdAt(talks.get(0));
        Instant last = DidJobs.createdAt(talks.get(talks.size() - 1));
        return first != null && last != null && last.isBefore(since) && last.isBefore(first);
    }

    private Mono<Look> judge(List<Talks> pages) {
        List<Talk> talks = pages.stream().flatMap(page -> talks(page).stream()).toList();
        Talk ours = talks.stream().filter(this::isOurs).findFirst().orElse(null);
        if (ours != null) {
            return Mono.just(new Look(ours, null));
        }
        Talks last = pages.get(pages.size() - 1);
        if (last.token() != null && !isLast(last)) {
            return inconclusive("there are too many talks to look through");
        }
        List<Talk> recent = talks.stream().filter(this::isRecent).toList();
        // A list that shows it of one talk shows it of all: then those without are not of this client.
        if (talks.stream().anyMatch(Talk::recognizable) || recent.isEmpty()) {
            return Mono.just(new Look(null, null));
        }
        return readOneByOne(recent);
    }

    private Mono<Look> readOneByOne(List<Talk> recent) {
        List<String> unread = recent.stream()
                .sorted(Comparator.comparing(DidJobs::createdAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(Talk::id)
                .filter(Objects::nonNull)
                .filter(id -> !others.contains(id))
                .toList();
        return Flux.fromIterable(unread)
                .take(MAX_SINGLE)
                .flatMap(this::read, AT_ONCE)
                .takeUntil(this::isOurs)
                .collectList()
                .flatMap(read -> judge(read, unread.size()));
    }

    private Mono<Talk> read(String id) {
        return api.find(id)
                .doOnNext(talk -> {
                    if (talk.recognizable() && !isOurs(talk)) {
                        others.add(id);
                    }
                })
                .onErrorResume(TalkSearch::isGone, seen -> Mono.empty());
    }

    private Mono<Look> judge(List<Talk> read, int unread) {
        Talk ours = read.stream().filter(this::isOurs).findFirst().orElse(null);
        if (ours != null) {
            return Mono.just(new Look(ours, null));
        }
        if (unread > MAX_SINGLE) {
            return inconclusive("there are too many talks to read one by one");
        }
        boolean nameless = others.isEmpty() && !read.isEmpty();
        return nameless
                ? inconclusive("D-ID does not show what its talks can be recognized by")
                : Mono.just(new Look(null, null));
    }

    private boolean isOurs(Talk talk) {
        return talk.isOf(idempotencyKey);
    }

    private boolean isRecent(Talk talk) {
        Instant created = DidJobs.createdAt(talk);
        return created == null || !created.isBefore(since);
    }

    private static boolean isGone(Throwable seen) {
        return seen instanceof DidResponseException response && response.isUnknown();
    }

    private static List<Talk> talks(Talks page) {
        return page.talks() == null ? List.of() : page.talks();
    }

    private static Mono<Look> inconclusive(String why) {
        return Mono.just(new Look(null, new InconclusiveException(why)));
    }

    /**
     * What one look has shown.
     *
     * @param talk the one that was looked for, or {@code null}
     * @param obstacle why the talk may be there although it was not seen, or {@code null}
     */
    record Look(@Nullable Talk talk, @Nullable Throwable obstacle) {

        /** Whether a talk that was not seen is not there. */
        boolean complete() {
            return obstacle == null;
        }
    }

    /** D-ID answered, and the answers do not tell. */
    static final class InconclusiveException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        InconclusiveException(String why) {
            super(why, null, false, false);
        }
    }
}
