package io.avatarservice.server.torch.checkpoint;

import java.util.Map;

/**
 * Named tensors. Opening reads the names and shapes only; the elements of a tensor are read when they are asked for.
 * Safe for use by several threads.
 */
public interface Checkpoint extends AutoCloseable {

    /** What errors call it: the file's path. */
    String source();

    /**
     * The tensors in the file's order. Names of nested dictionaries are joined by dots: the tensor {@code m0.weight} of the
     * dictionary {@code state_dict} is {@code state_dict.m0.weight}.
     */
    Map<String, TensorInfo> tensors();

    /**
     * Reads one tensor.
     *
     * @return the elements, row-major whatever the strides in the file, converted to float32
     * @throws CheckpointException naming file and tensor, where there is no such tensor or its bytes are not there
     */
    float[] read(String name);

    @Override
    void close();
}
