package io.avatarservice.server.operations;

import io.avatarservice.server.torch.DeviceMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.bytedeco.javacpp.Pointer;

/** Memory that the JVM does not know of: networks and frames lie outside of its heap. */
final class MemoryMetrics implements MeterBinder {

    private final Supplier<Optional<DeviceMemory>> device;

    /** @param device empty where networks do not run, or not yet */
    MemoryMetrics(Supplier<Optional<DeviceMemory>> device) {
        this.device = device;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("avatar.process.memory.resident", Pointer::physicalBytes)
                .description("Physical memory of the process, native memory included")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("avatar.device.memory.used", () -> of(device.get(), used -> used.totalBytes() - used.freeBytes()))
                .description("Memory in use, by all processes, on the device that networks run on")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("avatar.device.memory.total", () -> of(device.get(), DeviceMemory::totalBytes))
                .description("Memory of the device that networks run on")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Not a number before the first network is loaded. */
    private static double of(Optional<DeviceMemory> memory, ToLongFunction<DeviceMemory> value) {
        return memory.isPresent() ? value.applyAsLong(memory.get()) : Double.NaN;
    }
}
