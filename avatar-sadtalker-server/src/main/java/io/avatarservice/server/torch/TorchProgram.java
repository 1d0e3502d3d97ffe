package io.avatarservice.server.torch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * A network with its weights on the device. Safe for several threads; all networks of a runtime take turns, because one run
 * uses every core and most of the memory.
 */
public final class TorchProgram implements AutoCloseable {

    private final String name;
    private final Model model;
    private final Lock turn;
    private final NDManager memory;

    TorchProgram(String name, Model model, NDManager memory, Lock turn) {
        this.name = name;
        this.model = model;
        this.memory = memory;
        this.turn = turn;
    }

    public String name() {
        return name;
    }

    /**
     * Runs the network from and to host memory.
     *
     * @return its outputs, converted to float32
     * @throws OutOfDeviceMemoryException where a smaller batch may fit
     * @throws TorchException where it fails, e.g. because of an input's shape
     */
    public List<FloatTensor> run(FloatTensor... inputs) {
        try (NDManager scope = newScope()) {
            NDList arrays = new NDList();
            try {
                for (FloatTensor input : inputs) {
                    arrays.add(scope.create(input.values(), shape(input)));
                }
            } catch (EngineException e) {
                throw NativeFailures.translate(name, e);
            }
            return run(scope, arrays).stream().map(TorchProgram::toHost).toList();
        }
    }

    /**
     * Runs the network on the device. The outputs are of the network's own element types and belong to {@code scope}.
     *
     * @param scope closed by the caller, see {@link #newScope}
     * @param inputs on this network's device, in the order of its parameters
     * @throws OutOfDeviceMemoryException where a smaller batch may fit; nothing of this run stays on the device
     * @throws TorchException where it fails, e.g. because of an input's shape
     */
    public NDList run(NDManager scope, NDList inputs) {
        turn.lock();
        // IValues directly: DJL's own forward leaks its references to the inputs where the network fails.
        List<IValue> parameters = new ArrayList<>();
        try {
            PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
            JniUtils.setGraphExecutorOptimize(TorchEngine.OPTIMIZE_GRAPHS);
            for (NDArray input : inputs) {
                parameters.add(IValue.from((PtNDArray) input));
            }
            try (IValue result = block.forward(parameters.toArray(IValue[]::new))) {
                return result.toNDList((PtNDManager) scope);
            }
        } catch (EngineException e) {
            throw NativeFailures.translate(name, e);
        } finally {
            parameters.forEach(IValue::close);
            turn.unlock();
        }
    }

    /** A scope on this network's device; closing it frees what was created in it. */
    public NDManager newScope() {
        return memory.newSubManager();
    }

    /** Waits for the run in progress and frees the weights. */
    @Override
    public void close() {
        turn.lock();
        try {
            model.close();
        } finally {
            turn.unlock();
        }
    }

    private static FloatTensor toHost(NDArray array) {
        try (NDArray single = array.toType(DataType.FLOAT32, false)) {
            return FloatTensor.of(single.toFloatArray(), array.getShape().getShape());
        }
    }

    private static Shape shape(FloatTensor tensor) {
        return new Shape(tensor.shape());
    }
}
