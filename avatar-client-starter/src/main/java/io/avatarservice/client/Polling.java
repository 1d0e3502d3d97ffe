package io.avatarservice.client;

import java.time.Duration;
import reactor.core.scheduler.Scheduler;

/**
 * When to look at a job and when to give up.
 *
 * @param interval of the first wait
 * @param maxInterval of all later ones
 * @param maxFailures how many looks may fail in a row
 * @param deadline of the whole render
 * @param scheduler where time passes
 */
record Polling(Duration interval, Duration maxInterval, int maxFailures, Duration deadline, Scheduler scheduler) {

    private static final double GROWTH = 1.5;

    /** The wait before look number {@code look}, from 0. */
    Duration pause(int look) {
        double millis = interval.toMillis() * Math.pow(GROWTH, look);
        return millis < maxInterval.toMillis() ? Duration.ofMillis(Math.round(millis)) : maxInterval;
    }
}
