package io.avatarservice.server.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the store takes videos, as far as the last upload tells. Nobody is asked for it. */
public final class StoreCondition {

    /** Longer than the pauses between two tries; what failed before that says nothing about now. */
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final Clock clock;
    private volatile @Nullable Instant failedAt;

    StoreCondition(Clock clock) {
        this.clock = clock;
    }

    /** Whether the last upload failed, and not long ago. */
    public boolean failing() {
        Instant failure = failedAt;
        return failure != null && clock.instant().isBefore(failure.plus(MEMORY));
    }

    void failed() {
        failedAt = clock.instant();
    }

    <T> T watch(Supplier<T> upload) {
        T result;
        try {
            result = upload.get();
        } catch (RuntimeException e) {
            failed();
            throw e;
        }
        failedAt = null;
        return result;
    }
}
