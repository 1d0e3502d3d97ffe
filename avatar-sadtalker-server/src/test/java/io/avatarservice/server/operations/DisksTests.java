package io.avatarservice.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DisksTests {

    @TempDir
    Path directory;

    @Test
    void aDiskWithLessThanTheReserveIsNamedByWhatItHolds() {
        assertThat(disks(DataSize.ofBytes(1)).nearlyFull()).isEmpty();
        assertThat(disks(DataSize.ofTerabytes(1_000_000)).nearlyFull()).containsExactly("media", "work");
    }

    @Test
    void aDirectoryThatIsGoneCountsAsFull() {
        Disks disks = new Disks(Map.of("work", directory.resolve("gone")), DataSize.ofBytes(1));

        assertThat(disks.nearlyFull()).containsExactly("work");
    }

    @Test
    void freeSpaceIsMeasured() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        disks(DataSize.ofBytes(1)).bindTo(meters);

        double free =
                meters.get("avatar.disk.free").tag("directory", "work").gauge().value();
        double total =
                meters.get("avatar.disk.total").tag("directory", "work").gauge().value();
        assertThat(total).isEqualTo((double) Files.getFileStore(directory).getTotalSpace());
        assertThat(free).isPositive().isLessThanOrEqualTo(total);
    }

    private Disks disks(DataSize reserve) {
        return new Disks(Map.of("work", directory, "media", directory), reserve);
    }
}
