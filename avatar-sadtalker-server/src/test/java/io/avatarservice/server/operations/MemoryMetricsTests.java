package io.avatarservice.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.DeviceMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryMetricsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aDevicesMemoryIsWhatIsNotFree() {
        new MemoryMetrics(() -> Optional.of(new DeviceMemory(30, 100))).bindTo(meters);

        assertThat(gauge("avatar.device.memory.used")).isEqualTo(70);
        assertThat(gauge("avatar.device.memory.total")).isEqualTo(100);
    }

    @Test
    void itIsNotKnownBeforeTheFirstNetwork() {
        new MemoryMetrics(Optional::empty).bindTo(meters);

        assertThat(gauge("avatar.device.memory.used")).isNaN();
        assertThat(gauge("avatar.device.memory.total")).isNaN();
    }

    @Test
    void theProcessHasMoreThanItsHeap() {
        new MemoryMetrics(Optional::empty).bindTo(meters);

        assertThat(gauge("avatar.process.memory.resident")).isGreaterThan(10e6);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
