package io.avatarservice.server.webhook;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a call that was not delivered is made again. */
final class RetrySchedule {

    // Calls that failed together do not come back together.
    private static final double JITTER = 0.2;

    private final List<Duration> delays;
    private final Duration longest;
    private final RandomGenerator random;

    /** @param delays at least one */
    RetrySchedule(List<Duration> delays, RandomGenerator random) {
        this.delays = List.copyOf(delays);
        this.longest = delays.stream().max(Comparator.naturalOrder()).orElseThrow();
        this.random = random;
    }

    /**
     * The pause after an attempt that failed; empty where it was the last one.
     *
     * @param attempts made so far, from 1
     * @param asked the pause that the receiver asks for: kept where it is longer than the schedule's own, but not beyond the
     *     schedule's longest
     */
    Optional<Duration> after(int attempts, @Nullable Duration asked) {
        if (attempts > delays.size()) {
            return Optional.empty();
        }
        Duration pause = jittered(delays.get(attempts - 1));
        if (asked == null || asked.compareTo(pause) <= 0) {
            return Optional.of(pause);
        }
        return Optional.of(asked.compareTo(longest) < 0 ? asked : longest);
    }

    private Duration jittered(Duration delay) {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }
}
