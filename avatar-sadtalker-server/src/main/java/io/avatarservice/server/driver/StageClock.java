package io.avatarservice.server.driver;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures how long a render stays in each stage. For one thread. */
final class StageClock {

    private final LongSupplier nanoTime;
    private final Map<RenderStage, Duration> timings = new EnumMap<>(RenderStage.class);
    private RenderStage current;
    private long since;

    StageClock(RenderStage first, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.current = first;
        this.since = nanoTime.getAsLong();
    }

    void enter(RenderStage stage) {
        settle();
        current = stage;
    }

    /** The time spent in each stage so far. */
    Map<RenderStage, Duration> timings() {
        settle();
        return Map.copyOf(timings);
    }

    private void settle() {
        long now = nanoTime.getAsLong();
        timings.merge(current, Duration.ofNanos(now - since), Duration::plus);
        since = now;
    }
}
