package io.avatarservice.server.torch.checkpoint.testsupport;

import io.avatarservice.server.torch.checkpoint.ElementType;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor to write.
 *
 * @param path the dictionary keys that lead to it, e.g. {@code state_dict} and {@code conv1.conv.weight}
 * @param info element type and shape
 * @param values the elements, row-major; asked for when they are written
 */
public record TestTensor(List<String> path, TensorInfo info, Supplier<float[]> values) {

    public TestTensor {
        path = List.copyOf(path);
    }

    /** A float32 tensor. */
    public static TestTensor of(List<String> path, List<Long> shape, float... values) {
        return new TestTensor(path, new TensorInfo(ElementType.F32, shape), () -> values);
    }

    /** The name by which a checkpoint knows it. */
    public String name() {
        return String.join(".", path);
    }

    /** The elements as they are stored, little-endian. */
    public byte[] bytes() {
        float[] elements = values.get();
        if (elements.length != info.elements()) {
            throw new IllegalStateException("%s has %d elements".formatted(name(), elements.length));
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(elements.length * info.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : elements) {
            put(bytes, element);
        }
        return bytes.array();
    }

    private void put(ByteBuffer bytes, float element) {
        switch (info.type()) {
            case F64 -> bytes.putDouble(element);
            case F32 -> bytes.putFloat(element);
            case F16 -> bytes.putShort(half(element));
            case BF16 -> bytes.putShort((short) (Float.floatToIntBits(element) >>> Short.SIZE));
            case I64 -> bytes.putLong((long) element);
            case I32 -> bytes.putInt((int) element);
            case I16 -> bytes.putShort((short) element);
            case I8, U8, BOOL -> bytes.put((byte) (int) element);
        }
    }

    /** Exact for zero and for normal numbers of eleven significant bits. */
    private static short half(float element) {
        int bits = Float.floatToIntBits(element);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = element == 0 ? 0 : ((bits & 0x7FFFFFFF) >>> 13) - (112 << 10);
        return (short) (sign | magnitude);
    }

    /** The strides of a dense row-major tensor, in elements. */
    List<Long> strides() {
        Long[] strides = new Long[info.shape().size()];
        Arrays.fill(strides, 1L);
        for (int axis = strides.length - 2; axis >= 0; axis--) {
            strides[axis] = strides[axis + 1] * info.shape().get(axis + 1);
        }
        return List.of(strides);
    }
}
