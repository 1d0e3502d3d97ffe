package io.avatarservice.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.PublisherProbe;

class CallerLimitsTests {

    private static final Caller ONE = new Caller("anonymous", "address 192.0.2.1");
    private static final Caller OTHER = new Caller("anonymous", "address 192.0.2.2");

    private final AtomicLong nanos = new AtomicLong();
    private final CallerLimits limits = limits(60, 2);

    @Test
    void callsAreRefilledEvenly() {
        for (int i = 0; i < 60; i++) {
            assertThat(limits.call(ONE)).isZero();
        }

        assertThat(limits.call(ONE)).isEqualTo(Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofMillis(400).toNanos());
        assertThat(limits.call(ONE)).isEqualTo(Duration.ofMillis(600));
        nanos.addAndGet(Duration.ofMillis(600).toNanos());
        assertThat(limits.call(ONE)).isZero();
        assertThat(limits.call(ONE)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void callersDoNotTakeFromEachOther() {
        for (int i = 0; i < 61; i++) {
            limits.call(ONE);
        }

        assertThat(limits.call(OTHER)).isZero();
    }

    @Test
    void noMoreJobsThanAllowedAreUnfinished() {
        JobSlot first = limits.job(ONE);
        limits.job(ONE);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> limits.job(ONE))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED));
        limits.job(OTHER);
        first.releaseUnlessHeld();
        first.releaseUnlessHeld();

        limits.job(ONE);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limits.job(ONE));
    }

    @Test
    void aPlaceIsHeldUntilTheJobEnds() {
        Sinks.Empty<Void> end = Sinks.empty();
        JobSlot slot = limits.job(ONE);
        limits.job(ONE);
        slot.holdUntil(end.asMono());
        slot.releaseUnlessHeld();

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limits.job(ONE));
        end.tryEmitError(new IllegalStateException("however it ends"));

        limits.job(ONE);
    }

    @Test
    void aJobThatIsAcceptedAfterItsClientLeftCountsToo() {
        Sinks.Empty<Void> end = Sinks.empty();
        JobSlot slot = limits.job(ONE);
        slot.releaseUnlessHeld();
        slot.holdUntil(end.asMono());
        limits.job(ONE);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limits.job(ONE));
        end.tryEmitEmpty();

        limits.job(ONE);
    }

    @Test
    void withoutALimitAnyNumberIsAllowed() {
        CallerLimits unlimited = limits(60, null);

        for (int i = 0; i < 1000; i++) {
            unlimited.job(ONE);
        }
        assertThat(unlimited.call(ONE)).isZero();
    }

    @Test
    void withoutALimitNobodyWatchesTheJob() {
        PublisherProbe<Void> end = PublisherProbe.empty();

        limits(60, null).job(ONE).holdUntil(end.mono());

        end.assertWasNotSubscribed();
    }

    private CallerLimits limits(int requestsPerMinute, @Nullable Integer concurrentJobs) {
        SecurityProperties.RateLimit rateLimit = new SecurityProperties.RateLimit(requestsPerMinute, concurrentJobs);
        ApiKeys none =
                ApiKeys.of(new SecurityProperties(true, List.of(), rateLimit, new SecurityProperties.Cors(List.of())));
        return new CallerLimits(none, rateLimit, new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });
    }
}
