package io.avatarservice.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most physical memory that this process has used, native memory included. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** The peak in MiB, as Linux counts it ({@code VmHWM}); elsewhere that it is not known. */
    static String describe() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return "not measured on this system";
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                .orElse("not measured on this system");
    }
}
