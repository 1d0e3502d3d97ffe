package io.avatarservice.server.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/** The disks that the server writes to, by what they hold. */
final class Disks implements MeterBinder {

    private final Map<String, File> directories;
    private final DataSize reserve;

    /**
     * Creates the disks.
     *
     * @param directories by what they hold
     * @param reserve free space below which a disk counts as nearly full
     */
    Disks(Map<String, Path> directories, DataSize reserve) {
        this.directories = directories.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toFile()));
        this.reserve = reserve;
    }

    /** What the disks hold on which there is little space left. */
    List<String> nearlyFull() {
        return directories.entrySet().stream()
                .filter(directory -> free(directory.getValue()) < reserve.toBytes())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        directories.forEach((name, directory) -> {
            Gauge.builder("avatar.disk.free", directory, Disks::free)
                    .description("Space that the server can still use on the disk of a directory")
                    .baseUnit("bytes")
                    .tag("directory", name)
                    .register(registry);
            Gauge.builder("avatar.disk.total", directory, File::getTotalSpace)
                    .description("Size of the disk of a directory")
                    .baseUnit("bytes")
                    .tag("directory", name)
                    .register(registry);
        });
    }

    /** 0 where the directory is gone. */
    private static double free(File directory) {
        return directory.getUsableSpace();
    }
}
