package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.util.List;

/**
 * A tensor as PyTorch stores it: a strided view of a storage, which several tensors may share.
 *
 * @param info element type and shape
 * @param offset the first element, counted in elements of the storage
 * @param strides the distance of neighbors along each dimension, in elements; 0 repeats the same element
 */
record TensorView(TensorInfo info, long offset, List<Long> strides) {

    /** PyTorch allows no more. */
    static final int MOST_DIMENSIONS = 64;

    /** Array lengths beyond this are not allocated by every virtual machine. */
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

    TensorView {
        strides = List.copyOf(strides);
        if (offset < 0 || anyNegative(info.shape()) || anyNegative(strides)) {
            throw new MalformedException("a tensor has a negative size, stride or offset");
        }
        if (strides.size() != info.shape().size() || strides.size() > MOST_DIMENSIONS) {
            throw new MalformedException("a tensor has %d dimensions and %d strides"
                    .formatted(info.shape().size(), strides.size()));
        }
        try {
            info.elements();
            Math.addExact(offset, span(info, strides));
        } catch (ArithmeticException e) {
            throw new MalformedException("a tensor of shape %s is too large".formatted(info.shape()));
        }
    }

    static TensorView contiguous(TensorInfo info) {
        return new TensorView(info, 0, rowMajor(info.shape()));
    }

    /** How many elements the storage must have at least. */
    long neededElements() {
        return span() == 0 ? 0 : offset + span();
    }

    /**
     * Reads the elements, row-major.
     *
     * @param storage the whole storage
     * @param mostElements refuses what would take more memory than this many floats
     */
    float[] read(ByteSource storage, long mostElements) throws IOException {
        long span = span();
        long elements = info.elements();
        if (Math.max(span, elements) > Math.min(mostElements, LONGEST_ARRAY)) {
            throw new MalformedException(
                    "the tensor of shape %s takes more memory than such a file may ask for".formatted(info.shape()));
        }
        ElementType type = info.type();
        float[] stored = new float[(int) span];
        int[] at = {0};
        storage.read(offset * type.bytes(), span * type.bytes(), bytes -> {
            int count = bytes.remaining() / type.bytes();
            ElementDecoder.decode(type, bytes, stored, at[0]);
            at[0] += count;
        });
        return strides.equals(rowMajor(info.shape())) ? stored : gather(stored, (int) elements);
    }

    private float[] gather(float[] stored, int elements) {
        float[] values = new float[elements];
        int dimensions = strides.size();
        long[] index = new long[dimensions];
        long position = 0;
        for (int i = 0; i < elements; i++) {
            values[i] = stored[(int) position];
            for (int axis = dimensions - 1; axis >= 0; axis--) {
                position += strides.get(axis);
                if (++index[axis] < info.shape().get(axis)) {
                    break;
                }
                position -= index[axis] * strides.get(axis);
                index[axis] = 0;
            }
        }
        return values;
    }

    private long span() {
        return span(info, strides);
    }

    private static long span(TensorInfo info, List<Long> strides) {
        if (info.elements() == 0) {
            return 0;
        }
        long last = 0;
        for (int axis = 0; axis < strides.size(); axis++) {
            last = Math.addExact(last, Math.multiplyExact(info.shape().get(axis) - 1, strides.get(axis)));
        }
        return Math.addExact(last, 1);
    }

    private static List<Long> rowMajor(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape.get(axis));
        }
        return List.of(strides);
    }

    private static boolean anyNegative(List<Long> values) {
        return values.stream().anyMatch(value -> value < 0);
    }
}
