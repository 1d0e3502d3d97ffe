package io.avatarservice.server.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the client asks of the queue.
 *
 * @param priority jobs with a higher one are taken first; {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY}
 * @param deadline a job that has not finished by then ends in error; {@code null} for none
 * @param ttl how long the finished job and its video are kept; {@code null} for the server's retention
 */
public record JobTerms(
        int priority, @Nullable Instant deadline, @Nullable Duration ttl) {

    public static final int LOWEST_PRIORITY = -10;
    public static final int HIGHEST_PRIORITY = 10;

    /** First come, first served, without an end. */
    public static final JobTerms NONE = new JobTerms(0, null, null);

    public JobTerms {
        if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("a priority is a number from -10 to 10");
        }
    }
}
