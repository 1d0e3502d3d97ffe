package io.avatarservice.server.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** What operators see of the store. Names of objects and buckets are never tags. */
final class StorageMetrics {

    private final MeterRegistry registry;
    private final String provider;

    StorageMetrics(MeterRegistry registry, StorageProvider provider) {
        this.registry = registry;
        this.provider = provider.wireName();
    }

    /** Counts a video that was stored. */
    void uploaded(long bytes) {
        Counter.builder("avatar.storage.uploaded")
                .description("Bytes of the videos that were stored")
                .baseUnit("bytes")
                .tag("provider", provider)
                .register(registry)
                .increment(bytes);
    }

    <T> T time(String operation, Supplier<T> work) {
        Timer.Sample sample = Timer.start(registry);
        boolean success = false;
        try {
            T result = work.get();
            success = true;
            return result;
        } finally {
            sample.stop(Timer.builder("avatar.storage.operations")
                    .description("Calls to the store, each try counted")
                    .tag("provider", provider)
                    .tag("operation", operation)
                    .tag("outcome", success ? "success" : "error")
                    .register(registry));
        }
    }

    void time(String operation, Runnable work) {
        time(operation, () -> {
            work.run();
            return true;
        });
    }
}
