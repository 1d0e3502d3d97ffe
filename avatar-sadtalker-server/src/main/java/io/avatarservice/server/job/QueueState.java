package io.avatarservice.server.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The queue, seen over all servers.
 *
 * @param waiting jobs that wait
 * @param oldest when the first of them was accepted; {@code null} where none waits
 */
record QueueState(int waiting, @Nullable Instant oldest) {

    static final QueueState EMPTY = new QueueState(0, null);

    /** The queue with one more job. */
    QueueState with(Job job) {
        return new QueueState(waiting + 1, oldest == null ? job.createdAt() : oldest);
    }
}
