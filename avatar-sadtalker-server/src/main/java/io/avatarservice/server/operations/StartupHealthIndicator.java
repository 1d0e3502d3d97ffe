package io.avatarservice.server.operations;

import io.avatarservice.server.job.JobLoad;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Whether the server has begun to take jobs. Once it has, this stays so until the process ends. */
class StartupHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<JobLoad> jobs;

    StartupHealthIndicator(Supplier<JobLoad> jobs) {
        super("the state of the server could not be told");
        this.jobs = jobs;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (jobs.get().phase() == JobLoad.Phase.STARTING) {
            health.outOfService();
        } else {
            health.up();
        }
    }
}
