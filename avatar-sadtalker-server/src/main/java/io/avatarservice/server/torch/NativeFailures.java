package io.avatarservice.server.torch;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells PyTorch's failures apart. It reports them all by the same exception, with a message that holds a native stack. */
final class NativeFailures {

    // c10/cuda/CUDACachingAllocator, c10/core/CPUAllocator (on Linux and on Windows), cuBLAS's and cuDNN's own work
    // spaces.
    private static final Pattern OUT_OF_MEMORY = Pattern.compile("CUDA out of memory[^\\n]*"
            + "|CUDA error: out of memory"
            + "|DefaultCPUAllocator: (?:can't allocate memory|not enough memory)[^\\n]*"
            + "|C(?:UBLAS|UDNN)_STATUS_ALLOC_FAILED");

    private NativeFailures() {}

    /** What a failure of the network {@code program} means. */
    static TorchException translate(String program, RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher outOfMemory = OUT_OF_MEMORY.matcher(message);
        if (outOfMemory.find()) {
            return new OutOfDeviceMemoryException(
                    "the network %s ran out of memory: %s".formatted(program, outOfMemory.group()), failure);
        }
        return new TorchException("the network %s failed: %s".formatted(program, lastLine(message)), failure);
    }

    // TorchScript puts its own trace first and the reason last.
    private static String lastLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> isReason(first) && !isReason(second) ? first : second)
                .orElse("no reason given");
    }

    private static boolean isReason(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.startsWith("runtimeerror") || lower.contains("error:");
    }
}
