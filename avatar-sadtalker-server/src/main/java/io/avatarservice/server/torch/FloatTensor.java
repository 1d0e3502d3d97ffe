package io.avatarservice.server.torch;

import java.util.Arrays;
import java.util.List;

/**
 * A dense float32 tensor in host memory.
 *
 * @param values the elements, row-major; not copied
 * @param shape the dimensions, outermost first; their product is the number of elements
 */
public record FloatTensor(float[] values, List<Long> shape) {

    public FloatTensor {
        shape = List.copyOf(shape);
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        if (elements != values.length) {
            throw new IllegalArgumentException("the shape %s does not fit %d elements".formatted(shape, values.length));
        }
    }

    public static FloatTensor of(float[] values, long... shape) {
        return new FloatTensor(values, Arrays.stream(shape).boxed().toList());
    }

    /** The length of one dimension, from 0. */
    public int size(int dimension) {
        return Math.toIntExact(shape.get(dimension));
    }
}
