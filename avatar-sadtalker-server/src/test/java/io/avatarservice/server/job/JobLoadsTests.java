package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.support.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class JobLoadsTests {

    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final JobLoads loads = new JobLoads(new RunningJobs(), properties(), clock);

    @Test
    void theLoadIsThatOfTheLastLook() {
        loads.saw(new QueueState(7, Instant.EPOCH));

        JobLoad load = loads.load(JobLoad.Phase.OPEN);

        assertThat(load).isEqualTo(new JobLoad(JobLoad.Phase.OPEN, 7, 9, 0, 2, Instant.EPOCH, false));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAwayAfterAPauseAndBackAtOnce() {
        loads.saw(QueueState.EMPTY);

        clock.pass(Duration.ofSeconds(15));
        assertThat(databaseAway()).isFalse();

        clock.pass(Duration.ofMillis(1));
        assertThat(databaseAway()).isTrue();

        loads.saw(QueueState.EMPTY);
        assertThat(databaseAway()).isFalse();
    }

    private boolean databaseAway() {
        return loads.load(JobLoad.Phase.OPEN).databaseAway();
    }

    private static JobProperties properties() {
        return new Binder(new MapConfigurationPropertySource(Map.of(
                        "avatar.jobs.queue-capacity", "9",
                        "avatar.jobs.workers", "2",
                        "avatar.jobs.poll-interval", "5s")))
                .bindOrCreate("avatar.jobs", JobProperties.class);
    }
}
