package io.avatarservice.server.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.avatarservice.server.torch.program.CheckpointSource;
import io.avatarservice.server.torch.program.InstallListener;
import io.avatarservice.server.torch.program.Program;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks on the CPU, through DJL. */
class TorchRuntimeIT {

    private static TorchRuntime runtime;
    private static TorchProgram mapping;

    @BeforeAll
    static void start(@TempDir Path cache) {
        ProgramLibrary library = ProgramLibrary.load("io/avatarservice/server/torch/programs-tiny/");
        Program program = library.program("mapping-70");
        Path archive = new ProgramInstaller(cache)
                .install(
                        program,
                        Precision.FLOAT16,
                        CheckpointSource.random(library, "mapping-70"),
                        InstallListener.none());
        runtime = new TorchRuntime(TorchProperties.defaults().with("cpu", "auto"));
        mapping = runtime.load("mapping-70", archive);
    }

    @AfterAll
    static void stop() {
        mapping.close();
        runtime.close();
    }

    @Test
    void aCpuComputesInSinglePrecisionAndInSmallBatches() {
        assertThat(runtime.device().isGpu()).isFalse();
        assertThat(runtime.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(runtime.batchSize(1, 32)).isEqualTo(1);
        assertThat(runtime.batchSize(Long.MAX_VALUE, 32)).isEqualTo(1);
        assertThat(runtime.memory().freeBytes())
                .isPositive()
                .isLessThanOrEqualTo(runtime.memory().totalBytes());
    }

    @Test
    void runsLeaveNothingBehind() throws IOException {
        FloatTensor input = ones(64);

        // The inputs of 100 runs have 48 MB.
        assertLeavesNothingBehind(100, () -> mapping.run(input));
    }

    @Test
    void runsThatFailLeaveNothingBehind() throws IOException {
        FloatTensor tooManyChannels = FloatTensor.of(new float[64 * 71 * 27], 64, 71, 27);

        assertLeavesNothingBehind(
                100,
                () -> assertThatThrownBy(() -> mapping.run(tooManyChannels)).isInstanceOf(TorchException.class));
    }

    @Test
    void severalThreadsGetTheirOwnResults() throws Exception {
        List<FloatTensor> expected = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            expected.add(mapping.run(constant(1, i)).get(0));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<FloatTensor>>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                FloatTensor input = constant(1, i % 4 + 1);
                results.add(threads.submit(() -> mapping.run(input)));
            }
            for (int i = 0; i < results.size(); i++) {
                float[] actual = results.get(i).get().get(0).values();
                assertThat(actual).containsExactly(expected.get(i % 4).values());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void runningOutOfMemoryIsToldAndSurvived() {
        FloatTensor before = mapping.run(ones(1)).get(0);
        try (NDManager scope = mapping.newScope()) {
            // One item, repeated without a copy: only the network's own arrays are too large for any machine.
            NDArray endless = scope.zeros(new Shape(1, 70, 27)).broadcast(new Shape(1L << 36, 70, 27));

            assertThatThrownBy(() -> mapping.run(scope, new NDList(endless)))
                    .isInstanceOf(OutOfDeviceMemoryException.class)
                    .hasMessageContaining("mapping-70 ran out of memory")
                    .hasMessageContaining("you tried to allocate");
        }

        assertThat(mapping.run(ones(1)).get(0).values()).containsExactly(before.values());
    }

    @Test
    void anInputOfTheWrongShapeIsNamedAsTheReason() {
        assertThatThrownBy(() -> mapping.run(FloatTensor.of(new float[71 * 27], 1, 71, 27)))
                .isExactlyInstanceOf(TorchException.class)
                .hasMessageContaining("mapping-70 failed")
                .hasMessageContaining("to have 70 channels, but got 71 channels");
    }

    @Test
    void aFileThatIsNoArchiveIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("network.pt"), "<html>not found</html>");

        assertThatThrownBy(() -> runtime.load("fan", file))
                .isExactlyInstanceOf(TorchException.class)
                .hasMessageContaining("fan failed");
    }

    @Test
    void aDeviceThatIsNotThereIsAnErrorOnlyWhereItWasAskedFor() {
        try (TorchRuntime missing = new TorchRuntime(TorchProperties.defaults().with("cuda:99", "auto"))) {
            assertThatThrownBy(missing::device)
                    .isInstanceOf(TorchException.class)
                    .hasMessageStartingWith("avatar.torch.device is cuda:99, which cannot be used: ");
        }
        try (TorchRuntime any = new TorchRuntime(TorchProperties.defaults())) {
            assertThat(any.device()).isNotNull();
        }
    }

    @Test
    void aClosedRuntimeStaysClosed() {
        TorchRuntime closed = new TorchRuntime(TorchProperties.defaults());
        closed.close();

        assertThatThrownBy(closed::device).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void framesAreRoundedHalfToEvenAndWrittenAsBgr() {
        try (NDManager scope = runtime.newScope()) {
            // Two pixels: red plane, green plane, blue plane.
            float[] planes = {0.5f / 255, 1.5f / 255, -0.1f, 1.2f, 1f, 0f};
            NDArray frames = scope.create(planes, new Shape(1, 3, 1, 2));
            ByteBuffer bytes = ByteBuffer.allocate(6);

            FrameTensors.copy(FrameTensors.toPixels(frames), bytes);

            assertThat(bytes.array()).containsExactly(255, 0, 0, 0, 255, 2);
            assertThat(frames.toFloatArray()).containsExactly(planes);
        }
    }

    @Test
    void pixelsComeFromTheHostAndGoBack() {
        byte[] pixels = new byte[2 * 4 * 5 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 2);
        }
        try (NDManager scope = runtime.newScope()) {
            NDArray array = FrameTensors.fromHost(scope, ByteBuffer.wrap(pixels), 2, 4, 5);
            ByteBuffer bytes = ByteBuffer.allocateDirect(pixels.length);

            FrameTensors.copy(array, bytes);

            byte[] copied = new byte[pixels.length];
            bytes.flip().get(copied);
            assertThat(copied).containsExactly(pixels);
            assertThat(array.getShape()).isEqualTo(new Shape(2, 4, 5, 3));
        }
    }

    private static void assertLeavesNothingBehind(int runs, Runnable run) throws IOException {
        int threads = JniUtils.getNumThreads();
        // On busy cores, several threads would wait for each other some twenty times in each run.
        JniUtils.setNumThreads(1);
        try (NDManager probe = runtime.newScope()) {
            BaseNDManager memory = (BaseNDManager) probe.getParentManager();
            repeat(runs / 5, run);
            int resources = memory.getManagedArrays().size();
            long resident = residentBytes();

            repeat(runs, run);

            assertThat(memory.getManagedArrays()).hasSize(resources);
            // Buffers that inputs are copied through are freed some time after the collection that finds them unused.
            await().untilAsserted(() -> assertThat(residentBytes() - resident).isLessThan(20_000_000));
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    private static void repeat(int times, Runnable run) {
        for (int i = 0; i < times; i++) {
            run.run();
        }
    }

    private static FloatTensor ones(int batch) {
        return constant(batch, 1);
    }

    private static FloatTensor constant(int batch, float value) {
        float[] values = new float[batch * 70 * 27];
        Arrays.fill(values, value);
        return FloatTensor.of(values, batch, 70, 27);
    }

    private static long residentBytes() throws IOException {
        // The Java heap is committed as needed; without it the rest is native memory.
        System.gc();
        long heap = Runtime.getRuntime().totalMemory();
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096 - heap;
    }
}
