package io.avatarservice.server.torch;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs items through a network in batches of one size. The last batch is filled up with its last item, because PyTorch chooses
 * kernels and plans memory anew for each size. Where the device's memory does not suffice, the batch is halved once, from then
 * on. For one thread.
 */
public final class BatchRunner {

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final Supplier<DeviceMemory> memory;
    private final Runnable releaseMemory;
    private int batchSize;
    private boolean halved;

    /** Batches of {@code batchSize} on the device of {@code runtime}. */
    public BatchRunner(TorchRuntime runtime, int batchSize) {
        this(batchSize, runtime::memory, runtime::releaseUnusedMemory);
    }

    BatchRunner(int batchSize, Supplier<DeviceMemory> memory, Runnable releaseMemory) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch has at least one item, got " + batchSize);
        }
        this.batchSize = batchSize;
        this.memory = memory;
        this.releaseMemory = releaseMemory;
    }

    /** The present size of a batch. */
    public int batchSize() {
        return batchSize;
    }

    /**
     * Runs items in order.
     *
     * @param results receives the result of each item, in order; those of a batch as soon as it is done
     * @throws ProblemException with {@link ProblemCode#RENDER_FAILED} where half the batch does not fit either
     */
    public <T, R> void run(List<T> items, BatchFunction<T, R> network, Consumer<? super R> results) {
        int done = 0;
        while (done < items.size()) {
            int size = Math.min(batchSize, items.size() - done);
            try {
                List<R> batch = network.run(filledUp(items.subList(done, done + size)), size);
                batch.subList(0, size).forEach(results);
                done += size;
            } catch (OutOfDeviceMemoryException e) {
                halve(e);
            }
        }
    }

    private <T> List<T> filledUp(List<T> items) {
        List<T> batch = new ArrayList<>(items);
        batch.addAll(Collections.nCopies(batchSize - items.size(), items.get(items.size() - 1)));
        return batch;
    }

    private void halve(OutOfDeviceMemoryException failure) {
        releaseMemory.run();
        if (halved || batchSize == 1) {
            DeviceMemory now = memory.get();
            throw new ProblemException(
                    ProblemCode.RENDER_FAILED,
                    null,
                    "out of memory with %d frames in a batch; %d of %d MB are free on the device"
                            .formatted(batchSize, now.freeBytes() / 1_000_000, now.totalBytes() / 1_000_000),
                    failure);
        }
        log.warn("{}; trying again with {} instead of {} in a batch", failure.getMessage(), batchSize / 2, batchSize);
        batchSize /= 2;
        halved = true;
    }

    /** One run of a network. */
    @FunctionalInterface
    public interface BatchFunction<T, R> {

        /**
         * @param items always a full batch
         * @param wanted how many results, from the first, are of use
         * @return at least that many
         */
        List<R> run(List<T> items, int wanted);
    }
}
