package io.avatarservice.server.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Starts DJL's PyTorch engine, once per process: native libraries cannot be loaded twice. */
final class TorchEngine {

    /**
     * Whether TorchScript's profiling executor may rewrite graphs. It profiles and specializes again for each new shape, and
     * its fusions change half-precision results. What it would gain has not been measured.
     */
    static final boolean OPTIMIZE_GRAPHS = false;

    private static final String NAME = "PyTorch";

    private TorchEngine() {}

    /**
     * @param nativeCache where the native libraries are unpacked to; {@code null} for DJL's own default
     * @param threads for one network run on the CPU; 0 for one per core
     * @throws TorchException where there are no native libraries for this machine, or they cannot be unpacked
     */
    static Engine start(@Nullable Path nativeCache, int threads) {
        // DJL reads these when its classes are loaded. What the user set on the command line stays.
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ai.djl.pytorch.graph_optimizer", Boolean.toString(OPTIMIZE_GRAPHS));
        if (threads > 0) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        }
        if (nativeCache != null) {
            setDefault("ENGINE_CACHE_DIR", nativeCache.toAbsolutePath().toString());
        }
        CudaRuntimeLibrary.makeKnown();
        try {
            return Engine.getEngine(NAME);
        } catch (RuntimeException | LinkageError e) {
            throw new DeviceUnavailableException("PyTorch cannot be loaded: " + rootMessage(e), e);
        }
    }

    /** Why a CUDA device cannot be used, or {@code null} where it can. Tried rather than asked. */
    static @Nullable String cudaProblem(Engine engine, Device device) {
        if (!engine.hasCapability("CUDA")) {
            return "this PyTorch is built for the CPU only; PYTORCH_LIBRARY_PATH names another";
        }
        try (NDManager scope = engine.newBaseManager(device);
                NDArray one = scope.ones(new Shape(1))) {
            return one.sum().toFloatArray()[0] == 1 ? null : "it computes wrongly";
        } catch (RuntimeException | LinkageError e) {
            return rootMessage(e);
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}
