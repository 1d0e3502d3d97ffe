package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.support.FakeDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a server is set while it works. */
@SuppressWarnings("NullAway.Init") // set up before each test
class ClockJumpTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeDriver driver = new FakeDriver();
    private final JdbcConnectionPool database = JobDatabase.h2();
    private final JumpingClock clock = new JumpingClock();

    @TempDir
    Path directory;

    private JobServer server;

    @BeforeEach
    void start() {
        server = new JobServer(
                        database,
                        directory.resolve("state"),
                        directory.resolve("work"),
                        new LocalVideoStore(directory.resolve("media")),
                        driver,
                        Map.of("poll-interval", "50ms", "progress-interval", "50ms"),
                        clock)
                .start();
    }

    @AfterEach
    void stop() {
        driver.release();
        server.close();
        database.dispose();
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaiting() throws IOException {
        JobId running = occupyWorker();
        JobId waiting = server.submit();

        clock.jump(Duration.ofHours(-1));
        JobId later = server.submit();
        driver.release();

        assertThat(end(running).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(end(waiting).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(end(later).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aRunKeepsItsJobWhereverTheClockJumps() throws IOException {
        JobId id = occupyWorker();

        clock.jump(Duration.ofDays(1));
        server.sweep.sweep();
        clock.jump(Duration.ofDays(-2));
        server.sweep.sweep();
        driver.release();

        Job job = end(id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.runs().attempts()).isEqualTo(1);
        assertThat(driver.renders()).isEqualTo(1);
    }

    @Test
    void aWaitingJobEndsWhenTheClockJumpsBeyondItsDeadline() throws IOException {
        occupyWorker();
        JobTerms terms = new JobTerms(0, clock.instant().plus(Duration.ofMinutes(30)), null);
        JobId id = server.submit(null, terms).view().job().id();

        clock.jump(Duration.ofHours(1));

        Job job = end(id);
        assertThat(job.error()).isNotNull();
        assertThat(job.error().code()).isEqualTo(ProblemCode.TIMEOUT);
    }

    @Test
    void finishedJobsAreKeptByTheClockAsItIs() throws IOException {
        JobId id = server.submit();
        end(id);

        clock.jump(Duration.ofHours(-30));
        server.sweep.sweep();
        assertThat(server.job(id).status()).isEqualTo(JobStatus.COMPLETED);
        clock.jump(Duration.ofHours(30 + 25));
        server.sweep.sweep();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> server.job(id))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND));
        assertThat(directory.resolve("media")).isEmptyDirectory();
    }

    private JobId occupyWorker() throws IOException {
        driver.hold();
        JobId id = server.submit();
        await().atMost(PATIENCE).until(() -> driver.rendering() == 1);
        return id;
    }

    private Job end(JobId id) {
        return Objects.requireNonNull(server.service.finished(id).block(PATIENCE))
                .job();
    }

    /** The system's, and so much more or less. */
    private static final class JumpingClock extends Clock {

        private final Clock origin = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
        private volatile Duration offset = Duration.ZERO;

        void jump(Duration by) {
            offset = offset.plus(by);
        }

        @Override
        public Instant instant() {
            return origin.instant().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return origin.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("jobs know no time zones");
        }
    }
}
