package io.avatarservice.server.torch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch on one device. One per process; starts at the first use, which takes seconds, and at the very first, when native
 * libraries are unpacked, longer. Safe for several threads. Nothing is downloaded.
 */
public final class TorchRuntime implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TorchRuntime.class);

    /** On the CPU larger batches take more memory and are not faster: see {@code docs/benchmarks.md}. */
    private static final int CPU_BATCH_SIZE = 1;

    private final TorchProperties properties;
    // Fair, so that several jobs on one device advance alike.
    private final Lock turn = new ReentrantLock(true);
    private final Object startLock = new Object();
    private volatile @Nullable Started started;
    private boolean closed;

    public TorchRuntime(TorchProperties properties) {
        this.properties = properties;
    }

    /**
     * The device that networks run on: {@code cpu}, or {@code gpu(0)}.
     *
     * @throws DeviceUnavailableException where PyTorch cannot be loaded, or the device that was asked for cannot be used
     */
    public Device device() {
        return started().device();
    }

    /** The device for people: {@code cpu}, {@code cuda:0}; what is asked for where PyTorch has not started yet. */
    public String deviceName() {
        synchronized (startLock) {
            if (started == null) {
                return properties.device();
            }
            Device device = started.device();
            return device.isGpu() ? "cuda:" + device.getDeviceId() : TorchProperties.CPU;
        }
    }

    /** The device, the threads and PyTorch's version, for people. */
    public String description() {
        Started current = started();
        String threads = current.device().isGpu() ? "" : ", %d threads".formatted(JniUtils.getNumThreads());
        return "%s%s, PyTorch %s"
                .formatted(deviceName(), threads, current.engine().getVersion());
    }

    /** The element type in which heavy networks compute. */
    public Precision precision() {
        return properties.precisionOn(device().isGpu());
    }

    /**
     * Loads a complete TorchScript archive.
     *
     * @param name what errors call the network
     * @return to be closed by the caller, or together with this runtime
     * @throws OutOfDeviceMemoryException where its weights do not fit
     * @throws TorchException where the file is not such an archive
     */
    public TorchProgram load(String name, Path archive) {
        Started current = started();
        Model model = Model.newInstance(name, current.device(), current.engine().getEngineName());
        try {
            // Mapped to the device, tensors do not pass through host memory, and constants in the code follow them.
            model.load(archive, null, Map.of("mapLocation", "true"));
            return new TorchProgram(name, model, current.memory(), turn);
        } catch (EngineException e) {
            model.close();
            throw NativeFailures.translate(name, e);
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new TorchException("the network %s cannot be loaded: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** A scope on the device; closing it frees what was created in it. */
    public NDManager newScope() {
        return started().memory().newSubManager();
    }

    /** The memory that the device, or for the CPU the machine, reports. */
    public DeviceMemory memory() {
        return memory(device());
    }

    private static DeviceMemory memory(Device device) {
        if (device.isGpu()) {
            MemoryUsage usage = CudaUtils.getGpuMemory(device);
            return new DeviceMemory(usage.getMax() - usage.getUsed(), usage.getMax());
        }
        return HostMemory.read();
    }

    /** {@link #memory}, without starting PyTorch for it; empty while it has not started. */
    public Optional<DeviceMemory> memoryInUse() {
        Started current = started;
        return current == null ? Optional.empty() : Optional.of(memory(current.device()));
    }

    /**
     * How many items to run at once.
     *
     * @param bytesPerItem the memory on the device that one more item in a batch takes
     * @param upperLimit the most that is of use
     * @return at least 1: one item is always tried
     */
    public int batchSize(long bytesPerItem, int upperLimit) {
        long limit = device().isGpu() ? upperLimit : Math.min(upperLimit, CPU_BATCH_SIZE);
        long fitting = (long) (memory().freeBytes() * properties.memoryFraction()) / bytesPerItem;
        return (int) Math.max(1, Math.min(limit, fitting));
    }

    /** Gives memory that PyTorch keeps for later back to the device. */
    public void releaseUnusedMemory() {
        if (device().isGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    /** Frees every scope and network. The engine's native libraries stay loaded until the process ends. */
    @Override
    public void close() {
        synchronized (startLock) {
            closed = true;
            if (started != null) {
                started.memory().close();
                started = null;
            }
        }
    }

    private Started started() {
        synchronized (startLock) {
            if (closed) {
                throw new IllegalStateException("the runtime is closed");
            }
            if (started == null) {
                started = start();
            }
            return started;
        }
    }

    private Started start() {
        long begin = System.nanoTime();
        Engine engine = TorchEngine.start(properties.nativeCache(), properties.threads());
        Device device = choose(engine);
        log.info(
                "PyTorch {} on {}, {}, in {} ms",
                engine.getVersion(),
                device,
                properties.precisionOn(device.isGpu()).shortName(),
                (System.nanoTime() - begin) / 1_000_000);
        return new Started(engine, device, engine.newBaseManager(device));
    }

    private Device choose(Engine engine) {
        String wanted = properties.device();
        if (wanted.equals(TorchProperties.CPU)) {
            return Device.cpu();
        }
        Device cuda =
                Device.gpu(wanted.contains(":") ? Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1)) : 0);
        String problem = TorchEngine.cudaProblem(engine, cuda);
        if (problem == null) {
            return cuda;
        }
        if (wanted.equals(TorchProperties.AUTO)) {
            log.debug("no CUDA: {}", problem);
            return Device.cpu();
        }
        throw new DeviceUnavailableException(
                "avatar.torch.device is %s, which cannot be used: %s".formatted(wanted, problem), null);
    }

    private record Started(Engine engine, Device device, NDManager memory) {}
}
