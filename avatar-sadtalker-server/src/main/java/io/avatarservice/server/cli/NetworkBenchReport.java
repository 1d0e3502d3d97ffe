package io.avatarservice.server.cli;

import io.avatarservice.server.driver.facevid2vid.StageTime;
import io.avatarservice.server.torch.DeviceMemory;
import io.avatarservice.server.torch.TorchRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the figures of one measurement, each as soon as it is known. */
final class NetworkBenchReport {

    private final PrintWriter out;

    NetworkBenchReport(PrintWriter out) {
        this.out = out;
    }

    void head(TorchRuntime runtime, int size, @Nullable Path models) {
        line("device        %s, %s", runtime.description(), runtime.precision().shortName());
        line("weights       %s", models == null ? "made up" : models);
        line("size          %dx%d", size, size);
    }

    void matrixSpeed(double multiplyAdds) {
        line("%-18s %.1f TFLOP/s", "matrix product", 2 * multiplyAdds / 1e12);
    }

    void columns() {
        line("");
        line("%-18s %5s %12s %12s   %s", "stage", "batch", "first run", "best run", "speed");
    }

    void row(StageTime stage) {
        line(
                "%-18s %5d %10.1f ms %10.1f ms   %.2f %s/s",
                stage.stage(),
                stage.batch(),
                stage.first().toNanos() / 1e6,
                stage.best().toNanos() / 1e6,
                stage.perSecond(),
                stage.unit());
    }

    /** The renderer's speed as a part of the matrix product's, were it to do the reference's multiply-adds. */
    void share(int batch, double share) {
        line("%-18s %5d %.0f %% of the matrix product, counting the reference's operations", "", batch, 100 * share);
    }

    void speedUp(double ratio) {
        line("%-18s %.2f times the reference", "speed-up", ratio);
    }

    void memory(TorchRuntime runtime) throws IOException {
        line("");
        line("peak memory   %s", PeakMemory.describe());
        if (runtime.device().isGpu()) {
            DeviceMemory memory = runtime.memory();
            // PyTorch keeps what it once allocated, so the present use is the highest of this process.
            line(
                    "device memory %d of %d MiB in use",
                    (memory.totalBytes() - memory.freeBytes()) >> 20, memory.totalBytes() >> 20);
        }
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
