package io.avatarservice.server.torch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's memory, or the container's share of it. */
final class HostMemory {

    // "Free" leaves out what the kernel would give back at once, such as its file cache.
    private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    private HostMemory() {}

    static DeviceMemory read() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        long free = available().orElse(system.getFreeMemorySize());
        return new DeviceMemory(Math.min(free, total), total);
    }

    private static OptionalLong available() {
        try {
            Matcher available = AVAILABLE.matcher(Files.readString(LINUX_MEMORY));
            return available.find() ? OptionalLong.of(Long.parseLong(available.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
