package io.avatarservice.client;

import java.time.Duration;

/**
 * How long a job is waited for.
 *
 * @param left of it, from now on
 * @param whole as configured, for the message
 */
record TimeLimit(Duration left, Duration whole) {

    /** A limit that starts now. */
    static TimeLimit of(Duration whole) {
        return new TimeLimit(whole, whole);
    }

    /** The one that is over first. */
    TimeLimit orSooner(TimeLimit other) {
        return other.left.compareTo(left) < 0 ? other : this;
    }
}
