package io.avatarservice.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each caller asks for. In the memory of this server: several servers allow as many times as much. */
public final class CallerLimits {

    /** Callers without keys are told apart by address, and of addresses there is no end. */
    private static final int MOST_BUCKETS = 10_000;

    /** A bucket is full again after one minute, and then the same as a new one. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final ApiKeys keys;
    private final Allowance common;
    private final TimeMeter clock;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            .expireAfterAccess(IDLE)
            .build();
    private final Map<String, Integer> unfinishedJobs = new ConcurrentHashMap<>();

    CallerLimits(ApiKeys keys, SecurityProperties.RateLimit common, TimeMeter clock) {
        this.keys = keys;
        this.common = new Allowance(common.requestsPerMinute(), common.concurrentJobs());
        this.clock = clock;
    }

    /** Counts a call. Returns how long the caller has to wait; zero where the call is allowed. */
    Duration call(Caller caller) {
        int limit = allowance(caller).requestsPerMinute();
        Bucket bucket = buckets.get(caller.account(), account -> bucket(limit));
        return Duration.ofNanos(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /**
     * Counts a job that the caller is about to submit.
     *
     * @throws ProblemException {@code RATE_LIMITED} where the caller has as many unfinished jobs as it may have
     */
    public JobSlot job(Caller caller) {
        Integer limit = allowance(caller).concurrentJobs();
        if (limit == null) {
            return JobSlot.uncounted(this, caller.account());
        }
        int jobs = unfinishedJobs.merge(caller.account(), 1, Integer::sum);
        if (jobs > limit) {
            release(caller.account());
            throw new ProblemException(
                    ProblemCode.RATE_LIMITED,
                    "%d jobs are unfinished, and more are not allowed at a time".formatted(limit));
        }
        return new JobSlot(this, caller.account());
    }

    void add(String account) {
        unfinishedJobs.merge(account, 1, Integer::sum);
    }

    void release(String account) {
        unfinishedJobs.computeIfPresent(account, (same, jobs) -> jobs == 1 ? null : jobs - 1);
    }

    private Allowance allowance(Caller caller) {
        return keys.named(caller.name()).map(ApiKey::allowance).orElse(common);
    }

    private Bucket bucket(int requestsPerMinute) {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit ->
                        limit.capacity(requestsPerMinute).refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
                .build();
    }
}
