package io.avatarservice.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most physical memory that a process has used, native memory included. */
final class PeakMemory {

    private PeakMemory() {}

    /** The peak in MiB, as Linux counts it ({@code VmHWM}); elsewhere that it is not known. */
    static String describe() throws IOException {
        return describe(ProcessHandle.current().pid());
    }

    /** The same of another process that runs. */
    static String describe(long process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process), "status");
        if (!Files.isReadable(status)) {
            return "not measured on this system";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                .orElse("not measured on this system");
    }
}
