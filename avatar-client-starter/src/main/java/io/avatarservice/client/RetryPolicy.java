package io.avatarservice.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import reactor.core.scheduler.Scheduler;

/**
 * How often and how soon a call is repeated at the same provider.
 *
 * @param maxRetries how many calls may follow the first
 * @param backoff full length of the first pause
 * @param maxBackoff full length of the longest
 * @param budget how long after the start of the first call the last one may begin
 * @param jitter where between half and all of its length a pause ends, 0 to 1, so that many clients do not come back at once
 * @param scheduler where time passes
 */
record RetryPolicy(
        int maxRetries,
        Duration backoff,
        Duration maxBackoff,
        Duration budget,
        DoubleSupplier jitter,
        Scheduler scheduler) {

    /** The pause before retry number {@code retry}, from 0: between half of the full one and the full one. */
    Duration pause(long retry) {
        double full = Math.min(maxBackoff.toMillis(), backoff.toMillis() * Math.pow(2, retry));
        return Duration.ofMillis(Math.round(full * (1 + jitter.getAsDouble()) / 2));
    }
}
