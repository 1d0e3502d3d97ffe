package io.avatarservice.server.operations;

import io.avatarservice.server.job.JobLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/**
 * One word for how the server is, and what it misses. It calls nobody for it: a probe that waits for a database that is
 * away would make one outage two.
 */
class ServiceHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<JobLoad> jobs;
    private final BooleanSupplier storeFailing;
    private final Supplier<List<String>> fullDisks;

    /**
     * Creates an indicator.
     *
     * @param jobs how much there is to do
     * @param storeFailing whether the store takes no videos
     * @param fullDisks what the disks hold on which there is little space left
     */
    ServiceHealthIndicator(Supplier<JobLoad> jobs, BooleanSupplier storeFailing, Supplier<List<String>> fullDisks) {
        super("the state of the server could not be told");
        this.jobs = jobs;
        this.storeFailing = storeFailing;
        this.fullDisks = fullDisks;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        JobLoad load = jobs.get();
        List<String> missing = missing(load);
        ServiceState state = state(load, missing);
        health.status(state.serving() ? Status.UP : Status.OUT_OF_SERVICE)
                .withDetail("state", state.name())
                .withDetail("queued", load.waiting())
                .withDetail("queue_capacity", load.capacity())
                .withDetail("running", load.running())
                .withDetail("workers", load.workers());
        if (!missing.isEmpty()) {
            health.withDetail("degraded_by", missing);
        }
    }

    private static ServiceState state(JobLoad load, List<String> missing) {
        return switch (load.phase()) {
            case STARTING -> ServiceState.STARTING;
            case CLOSED -> ServiceState.STOPPING;
            case OPEN -> open(load, missing);
        };
    }

    private static ServiceState open(JobLoad load, List<String> missing) {
        if (!missing.isEmpty()) {
            return ServiceState.DEGRADED;
        }
        return load.waiting() >= load.capacity() ? ServiceState.BUSY : ServiceState.READY;
    }

    private List<String> missing(JobLoad load) {
        List<String> missing = new ArrayList<>();
        if (load.databaseAway()) {
            missing.add("the database has not answered since " + load.asOf());
        }
        if (storeFailing.getAsBoolean()) {
            missing.add("the last upload to the store failed");
        }
        fullDisks.get().forEach(disk -> missing.add("the disk of the " + disk + " directory is nearly full"));
        return missing;
    }
}
