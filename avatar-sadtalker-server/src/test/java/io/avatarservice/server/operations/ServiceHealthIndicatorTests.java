package io.avatarservice.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.job.JobLoad;
import io.avatarservice.server.job.JobLoad.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class ServiceHealthIndicatorTests {

    private static final int CAPACITY = 64;

    private Phase phase = Phase.OPEN;
    private int waiting;
    private boolean databaseAway;
    private boolean storeFailing;
    private List<String> fullDisks = List.of();

    @Test
    void isReadyWhereJobsAreTaken() {
        waiting = CAPACITY - 1;

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails())
                .containsEntry("state", "READY")
                .containsEntry("queued", 63)
                .containsEntry("queue_capacity", 64)
                .containsEntry("running", 2)
                .containsEntry("workers", 3)
                .doesNotContainKey("degraded_by");
    }

    @Test
    void isOutOfServiceBeforeTheFirstJobAndAfterTheLast() {
        phase = Phase.STARTING;
        assertState("STARTING", Status.OUT_OF_SERVICE);

        phase = Phase.CLOSED;
        assertState("STOPPING", Status.OUT_OF_SERVICE);
    }

    @Test
    void aFullQueueIsBusyAndStillServed() {
        waiting = CAPACITY;

        assertState("BUSY", Status.UP);
    }

    @Test
    void aDatabaseThatIsAwayDegrades() {
        databaseAway = true;

        assertState("DEGRADED", Status.UP);
        assertDegradedBy("the database has not answered since 1970-01-01T00:00:00Z");
    }

    @Test
    void aStoreThatTakesNoVideosDegrades() {
        storeFailing = true;

        assertState("DEGRADED", Status.UP);
        assertDegradedBy("the last upload to the store failed");
    }

    @Test
    void aDiskThatIsNearlyFullDegradesAndGoesBeforeBusy() {
        fullDisks = List.of("work");
        waiting = CAPACITY;

        assertState("DEGRADED", Status.UP);
        assertDegradedBy("the disk of the work directory is nearly full");
    }

    @Test
    void startupIsUpFromTheFirstJobOn() {
        phase = Phase.STARTING;
        assertThat(startup()).isEqualTo(Status.OUT_OF_SERVICE);

        phase = Phase.OPEN;
        assertThat(startup()).isEqualTo(Status.UP);

        phase = Phase.CLOSED;
        assertThat(startup()).isEqualTo(Status.UP);
    }

    private void assertState(String state, Status status) {
        assertThat(health().getStatus()).isEqualTo(status);
        assertThat(health().getDetails()).containsEntry("state", state);
    }

    private void assertDegradedBy(String reason) {
        assertThat(health().getDetails()).containsEntry("degraded_by", List.of(reason));
    }

    private Health health() {
        return new ServiceHealthIndicator(this::load, () -> storeFailing, () -> fullDisks).health();
    }

    private Status startup() {
        return new StartupHealthIndicator(this::load).health().getStatus();
    }

    private JobLoad load() {
        return new JobLoad(phase, waiting, CAPACITY, 2, 3, Instant.EPOCH, databaseAway);
    }
}
