package io.avatarservice.server.torch.checkpoint;

import java.util.List;

/**
 * What a checkpoint says of one tensor.
 *
 * @param type the stored element type
 * @param shape the dimensions, outermost first; empty for a scalar
 */
public record TensorInfo(ElementType type, List<Long> shape) {

    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** The number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
