package io.avatarservice.server.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /** Tensors of the same row shape, one below the other. */
    public static FloatTensor concatenated(List<FloatTensor> parts) {
        List<Long> shape = new ArrayList<>(parts.get(0).shape());
        List<Long> row = shape.subList(1, shape.size());
        long rows = 0;
        int length = 0;
        for (FloatTensor part : parts) {
            if (!part.shape().subList(1, part.shape().size()).equals(row)) {
                throw new IllegalArgumentException("%s does not go below %s".formatted(part.shape(), shape));
            }
            rows += part.size(0);
            length = Math.addExact(length, part.values().length);
        }
        float[] values = new float[length];
        int at = 0;
        for (FloatTensor part : parts) {
            System.arraycopy(part.values(), 0, values, at, part.values().length);
            at += part.values().length;
        }
        shape.set(0, rows);
        return new FloatTensor(values, shape);
    }

    /** A copy of the rows {@code from} to before {@code to} of the outermost dimension. */
    public FloatTensor rows(int from, int to) {
        int row = values.length / Math.max(size(0), 1);
        List<Long> part = new ArrayList<>(shape);
        part.set(0, (long) to - from);
        return new FloatTensor(Arrays.copyOfRange(values, from * row, to * row), part);
    }

    /** This tensor {@code count} times, one below the other. */
    public FloatTensor repeated(int count) {
        return concatenated(Collections.nCopies(count, this));
    }

    /** The same rows and, up to {@code rows} of them, the last one again. */
    public FloatTensor padded(int rows) {
        int missing = rows - size(0);
        return missing <= 0
                ? this
                : concatenated(List.of(this, rows(size(0) - 1, size(0)).repeated(missing)));
    }

    /**
     * This tensor, if it has a shape.
     *
     * @param name for the message
     * @throws IllegalArgumentException where it has another one
     */
    public FloatTensor requireShape(String name, long... expected) {
        List<Long> wanted = Arrays.stream(expected).boxed().toList();
        if (!shape.equals(wanted)) {
            throw new IllegalArgumentException("%s must have the shape %s, got %s".formatted(name, wanted, shape));
        }
        return this;
    }

    /** The length of one dimension, from 0. */
    public int size(int dimension) {
        return Math.toIntExact(shape.get(dimension));
    }
}
