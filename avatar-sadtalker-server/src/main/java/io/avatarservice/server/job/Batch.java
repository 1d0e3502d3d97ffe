package io.avatarservice.server.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that were submitted at once.
 *
 * @param id its name
 * @param createdAt when it was submitted last
 * @param items what became of each, in the order of the request
 */
public record Batch(BatchId id, Instant createdAt, List<Item> items) {

    public Batch {
        items = List.copyOf(items);
    }

    /**
     * One of them: either a job, or why it is none.
     *
     * @param job the job that it became
     * @param error why it was refused
     */
    public record Item(@Nullable JobId job, @Nullable JobError error) {

        public static Item accepted(JobId job) {
            return new Item(job, null);
        }

        public static Item refused(JobError error) {
            return new Item(null, error);
        }
    }
}
