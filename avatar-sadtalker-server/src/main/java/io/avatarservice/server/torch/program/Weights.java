package io.avatarservice.server.torch.program;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A tensor whose elements are worked out when they are asked for, so that a chain of expressions takes the memory of the
 * checkpoint's tensors only.
 *
 * @param shape the dimensions, outermost first
 * @param values the element at a row-major index
 */
record Weights(List<Long> shape, IntToDoubleFunction values) {

    Weights {
        shape = List.copyOf(shape);
    }

    static Weights of(List<Long> shape, float[] values) {
        return new Weights(shape, i -> values[i]);
    }

    int elements() {
        return product(0, rank());
    }

    int rank() {
        return shape.size();
    }

    int size(int axis) {
        return Math.toIntExact(shape.get(axis));
    }

    /** The number of elements in one step along {@code axis}. */
    int stride(int axis) {
        return product(axis + 1, rank());
    }

    /** The number of elements at one index of the axes before {@code axis}. */
    int block(int axis) {
        return product(axis, rank());
    }

    double get(int index) {
        return values.applyAsDouble(index);
    }

    private int product(int from, int to) {
        return Math.toIntExact(shape.subList(from, to).stream().reduce(1L, Math::multiplyExact));
    }
}
