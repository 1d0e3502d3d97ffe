package io.avatarservice.server.job;

import io.avatarservice.server.storage.VideoKey;
import java.util.UUID;

/**
 * The right to change a running job. Each run takes a fresh one; whoever holds an older one has lost the job, alive or
 * not.
 *
 * @param id random, never used twice
 */
public record Lease(UUID id) {

    static Lease random() {
        return new Lease(UUID.randomUUID());
    }

    static Lease parse(String text) {
        return new Lease(UUID.fromString(text));
    }

    /** The name of the video that this run stores: two runs of one job cannot store under the same name. */
    VideoKey video() {
        return new VideoKey(id + ".mp4");
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
