package io.avatarservice.server.job;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Those who watch jobs from this server. What happens here is told at once; what happens on other servers, and what the
 * queue's moving does to those that wait, is seen in the database by {@link #look}.
 */
final class JobWatches {

    private static final int BATCH = 500;

    private final JobStore store;
    private final Map<JobId, Watch> watches = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    JobWatches(JobStore store) {
        this.store = store;
    }

    /**
     * The job as it is now and whenever it has changed, up to its final state. Every element is the whole job, so that
     * whoever is slow, or away for a while, misses steps and no fact. Ends early where the job is forgotten or the server
     * stops.
     *
     * @param seen version that the caller knows already; 0 for none
     */
    Flux<JobView> of(JobId id, long seen) {
        return Flux.defer(() -> {
                    Watch watch = watches.compute(id, (same, now) -> (now == null ? new Watch() : now).joined());
                    Mono<JobView> now = Mono.fromCallable(() -> find(id).orElse(null))
                            .subscribeOn(Schedulers.boundedElastic())
                            .filter(view -> view.job().version() > seen);
                    return Flux.merge(open ? watch.views() : Flux.<JobView>empty(), now)
                            .filter(newsAfter(seen))
                            .takeUntil(view -> view.job().status().finished())
                            .doFinally(end -> leave(id));
                })
                .onBackpressureLatest();
    }

    /** Tells a change to those who watch the job. */
    void publish(Job job) {
        Watch watch = watches.get(job.id());
        if (watch != null) {
            watch.tell(view(job));
        }
    }

    /** Compares all watched jobs with the database. */
    synchronized void look() {
        Set<JobId> ids = new HashSet<>(watches.keySet());
        if (ids.isEmpty()) {
            return;
        }
        Map<JobId, Integer> positions = positions();
        Set<JobId> forgotten = new HashSet<>(ids);
        List<JobId> list = List.copyOf(ids);
        for (int i = 0; i < list.size(); i += BATCH) {
            for (Job job : store.findAll(list.subList(i, Math.min(list.size(), i + BATCH)))) {
                forgotten.remove(job.id());
                Watch watch = watches.get(job.id());
                if (watch != null) {
                    watch.tell(new JobView(job, positions.get(job.id())));
                }
            }
        }
        forgotten.forEach(this::end);
    }

    void open() {
        open = true;
    }

    /** Ends all watches; those that begin later tell what is and nothing of what comes. */
    void close() {
        open = false;
        watches.keySet().forEach(this::end);
    }

    Optional<JobView> find(JobId id) {
        return store.find(id).map(this::view);
    }

    JobView view(Job job) {
        return new JobView(job, job.status() == JobStatus.QUEUED ? store.ahead(job) + 1 : null);
    }

    /** The places of all jobs that wait, 1 is next. */
    Map<JobId, Integer> positions() {
        Map<JobId, Integer> positions = new HashMap<>();
        for (JobId id : store.waiting()) {
            positions.put(id, positions.size() + 1);
        }
        return positions;
    }

    private void end(JobId id) {
        Watch watch = watches.get(id);
        if (watch != null) {
            watch.end();
        }
    }

    private void leave(JobId id) {
        watches.computeIfPresent(id, (same, watch) -> watch.left() ? null : watch);
    }

    private static Predicate<JobView> newsAfter(long seen) {
        return new Predicate<>() {

            private @Nullable JobView last;

            @Override
            public synchronized boolean test(JobView view) {
                long known = last == null ? seen : last.job().version();
                boolean news = view.job().version() > known
                        || (view.job().version() == known && last != null && moved(last, view));
                if (news || (last == null && view.job().version() == known)) {
                    last = view;
                }
                return news;
            }
        };
    }

    private static boolean moved(JobView last, JobView view) {
        return !Objects.equals(last.queuePosition(), view.queuePosition());
    }

    private static final class Watch {

        private final Sinks.Many<JobView> sink = Sinks.many().multicast().directBestEffort();
        private int watchers;

        Watch joined() {
            watchers++;
            return this;
        }

        /** Whether nobody is left. */
        boolean left() {
            watchers--;
            return watchers == 0;
        }

        /** Who has no demand at this moment is told the next time; {@link #of} leaves none without. */
        synchronized void tell(JobView view) {
            sink.tryEmitNext(view);
        }

        synchronized void end() {
            sink.tryEmitComplete();
        }

        Flux<JobView> views() {
            return sink.asFlux();
        }
    }
}
