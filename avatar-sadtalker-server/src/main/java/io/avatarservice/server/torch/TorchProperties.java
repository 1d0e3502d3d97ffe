package io.avatarservice.server.torch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of PyTorch.
 *
 * @param device Device that networks run on: "cpu", "cuda", "cuda:1" for another than the first, or "auto" for CUDA where it
 *     is usable and the CPU elsewhere.
 * @param precision Element type of the heavy networks: "f32", "f16", "bf16", or "auto" for f16 on CUDA and f32 on the CPU.
 * @param threads Number of threads that one network run uses on the CPU; 0 for one per core.
 * @param memoryFraction Share of the device's free memory that one batch of frames may take, above 0 and up to 1.
 * @param nativeCache Directory that PyTorch's native libraries are unpacked to at the first start, about 450 MB. A directory
 *     ".djl.ai" in the user's home directory when not set.
 */
@ConfigurationProperties("avatar.torch")
public record TorchProperties(
        @DefaultValue("auto") String device,
        @DefaultValue("auto") String precision,
        @DefaultValue("0") int threads,
        @DefaultValue("0.6") double memoryFraction,
        @Nullable Path nativeCache) {

    static final String AUTO = "auto";
    static final String CPU = "cpu";

    private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda(:\\d{1,3})?");
    private static final int MAX_THREADS = 1024;

    public TorchProperties {
        if (!DEVICE.matcher(device).matches()) {
            throw new IllegalArgumentException(
                    "avatar.torch.device must be auto, cpu, cuda or cuda:N, got \"" + device + '"');
        }
        if (!precision.equals(AUTO)
                && Arrays.stream(Precision.values())
                        .noneMatch(known -> known.shortName().equals(precision))) {
            throw new IllegalArgumentException(
                    "avatar.torch.precision must be auto, f32, f16 or bf16, got \"" + precision + '"');
        }
        if (threads < 0 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    "avatar.torch.threads must be 0 to %d, got %d".formatted(MAX_THREADS, threads));
        }
        if (!(memoryFraction > 0 && memoryFraction <= 1)) {
            throw new IllegalArgumentException(
                    "avatar.torch.memory-fraction must be above 0 and up to 1, got " + memoryFraction);
        }
    }

    /** The defaults. */
    public static TorchProperties defaults() {
        return new TorchProperties(AUTO, AUTO, 0, 0.6, null);
    }

    /** The same with another device and precision, as the command line gives them. */
    public TorchProperties with(String otherDevice, String otherPrecision) {
        return new TorchProperties(otherDevice, otherPrecision, threads, memoryFraction, nativeCache);
    }

    /** The precision on a device. */
    Precision precisionOn(boolean cuda) {
        return Arrays.stream(Precision.values())
                .filter(known -> known.shortName().equals(precision))
                .findFirst()
                .orElse(cuda ? Precision.FLOAT16 : Precision.FLOAT32);
    }
}
