package io.avatarservice.server.driver.facevid2vid;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.DeviceUnavailableException;
import io.avatarservice.server.torch.OutOfDeviceMemoryException;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.checkpoint.CheckpointException;
import io.avatarservice.server.torch.model.ModelException;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.program.InstallationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in words for whoever asked for a render why its networks cannot run, and in the log why that is. */
public final class NetworkFailures {

    private static final Logger log = LoggerFactory.getLogger(NetworkFailures.class);

    private final ModelStore store;
    private final TorchRuntime runtime;

    /**
     * @param store where the checkpoints lie, whose directories are not told to clients
     * @param runtime what the networks run on
     */
    public NetworkFailures(ModelStore store, TorchRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /**
     * Renders.
     *
     * @throws ProblemException {@code DRIVER_NOT_READY} where checkpoints, the model cache or the device are at fault, {@code
     *     RENDER_FAILED} where memory does not suffice; any other from {@code render}
     */
    public void explaining(Runnable render) {
        try {
            render.run();
        } catch (ModelException | CheckpointException e) {
            log.warn("The checkpoints cannot be used: {}", e.getMessage());
            throw notReady(store.withoutDirectories(String.valueOf(e.getMessage())), e);
        } catch (InstallationException e) {
            log.error("The networks cannot be installed: {}", e.getMessage());
            throw notReady("the networks cannot be written to the model cache; the server's log says why", e);
        } catch (DeviceUnavailableException e) {
            log.error("The device cannot be used: {}", e.getMessage());
            throw notReady("PyTorch cannot be used: " + e.getMessage(), e);
        } catch (OutOfDeviceMemoryException e) {
            log.warn("Out of memory: {}", e.getMessage());
            throw new ProblemException(
                    ProblemCode.RENDER_FAILED,
                    null,
                    "out of memory on " + runtime.deviceName() + "; a smaller picture needs less",
                    e);
        }
    }

    private static ProblemException notReady(String message, RuntimeException cause) {
        return new ProblemException(ProblemCode.DRIVER_NOT_READY, "driver", message, cause);
    }
}
