package io.avatarservice.server.job;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a job was begun, and by whom.
 *
 * @param attempts runs begun, without those that a stopping server handed back
 * @param lease of the latest run, which goes on or has ended; {@code null} before the first
 * @param former leases of runs that broke off, whose videos may lie in the store
 */
public record JobRuns(int attempts, @Nullable Lease lease, List<Lease> former) {

    static final JobRuns NONE = new JobRuns(0, null, List.of());

    public JobRuns {
        former = List.copyOf(former);
    }

    JobRuns begun(Lease next) {
        return new JobRuns(attempts + 1, next, all());
    }

    /** The latest run has ended early, cleared up behind itself, and does not count. */
    JobRuns handedBack() {
        return new JobRuns(attempts - 1, null, former);
    }

    /** All leases under which a video may have been stored. */
    List<Lease> all() {
        if (lease == null) {
            return former;
        }
        List<Lease> all = new ArrayList<>(former);
        all.add(lease);
        return all;
    }
}
