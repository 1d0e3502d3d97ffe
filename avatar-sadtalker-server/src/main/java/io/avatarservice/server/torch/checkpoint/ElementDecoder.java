package io.avatarservice.server.torch.checkpoint;

import java.nio.ByteBuffer;

/** Turns stored elements into float32. */
final class ElementDecoder {

    private static final int HALF_EXPONENT = 0x1F;
    private static final int HALF_MANTISSA_BITS = 10;
    private static final int HALF_MANTISSA = (1 << HALF_MANTISSA_BITS) - 1;

    private ElementDecoder() {}

    /** Decodes all that remains of little-endian bytes, a whole number of elements, to a place in an array. */
    static void decode(ElementType type, ByteBuffer bytes, float[] to, int at) {
        int elements = bytes.remaining() / type.bytes();
        if (type == ElementType.F32) {
            bytes.asFloatBuffer().get(to, at, elements);
            return;
        }
        int from = bytes.position();
        for (int i = 0; i < elements; i++) {
            to[at + i] = element(type, bytes, from + i * type.bytes());
        }
    }

    private static float element(ElementType type, ByteBuffer bytes, int at) {
        return switch (type) {
            case F64 -> (float) bytes.getDouble(at);
            case F32 -> bytes.getFloat(at);
            case F16 -> half(bytes.getShort(at));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(at) << Short.SIZE);
            case I64 -> bytes.getLong(at);
            case I32 -> bytes.getInt(at);
            case I16 -> bytes.getShort(at);
            case I8 -> bytes.get(at);
            case U8 -> bytes.get(at) & 0xFF;
            case BOOL -> bytes.get(at) == 0 ? 0 : 1;
        };
    }

    /** IEEE 754 binary16. {@code Float.float16ToFloat} is there from Java 20 on. */
    private static float half(short bits) {
        int exponent = bits >> HALF_MANTISSA_BITS & HALF_EXPONENT;
        int mantissa = bits & HALF_MANTISSA;
        float magnitude;
        if (exponent == HALF_EXPONENT) {
            magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) mantissa, -24);
        } else {
            magnitude = Math.scalb((float) (mantissa | 1 << HALF_MANTISSA_BITS), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
