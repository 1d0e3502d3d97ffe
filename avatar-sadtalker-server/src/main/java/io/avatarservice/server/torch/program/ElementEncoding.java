package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How the storages of an archive hold a number: little-endian, rounded to the nearest, ties to even. */
enum ElementEncoding {
    FLOAT32(4) {
        @Override
        void put(ByteBuffer target, float value) {
            target.putFloat(value);
        }
    },
    FLOAT16(2) {
        @Override
        void put(ByteBuffer target, float value) {
            target.putShort(HalfFloats.toFloat16(value));
        }
    },
    BFLOAT16(2) {
        @Override
        void put(ByteBuffer target, float value) {
            target.putShort(HalfFloats.toBfloat16(value));
        }
    };

    private final int bytes;

    ElementEncoding(int bytes) {
        this.bytes = bytes;
    }

    static ElementEncoding of(Precision precision) {
        return valueOf(precision.name());
    }

    int bytes() {
        return bytes;
    }

    abstract void put(ByteBuffer target, float value);

    /** The elements of {@code weights}, each rounded to float32 first. */
    byte[] encode(Weights weights) {
        int elements = weights.elements();
        ByteBuffer target =
                ByteBuffer.allocate(Math.multiplyExact(elements, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            put(target, (float) weights.values().applyAsDouble(i));
        }
        return target.array();
    }
}
