package io.avatarservice.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Time that passes when a test says so, for schedulers and clocks alike. It begins at noon. */
final class VirtualTime extends Clock {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

    Scheduler scheduler() {
        return scheduler;
    }

    /** Step by step, as time does: a wait that begins within the span also ends within it. */
    void pass(Duration duration) {
        long step = Math.max(1, duration.toMillis() / 10_000);
        for (long passed = 0; passed < duration.toMillis(); passed += step) {
            scheduler.advanceTimeBy(Duration.ofMillis(step));
        }
    }

    @Override
    public Instant instant() {
        return NOON.plusMillis(scheduler.now(TimeUnit.MILLISECONDS));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
