package io.avatarservice.server.torch.program;

/** The two 16-bit floating-point formats, rounded to the nearest, ties to even. */
final class HalfFloats {

    private static final int FLOAT16_INFINITY = 0x7C00;
    private static final int FLOAT16_QUIET_NAN = 0x7E00;
    private static final int FLOAT32_INFINITY = 0x7F80_0000;

    // 65520 = (65504 + 65536) / 2: from here on the nearest float16 is infinity.
    private static final int FLOAT16_OVERFLOW = Float.floatToRawIntBits(65520f);
    // 2^-14, below which float16 has no leading one bit.
    private static final int FLOAT16_SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);
    // Adding 2^-1 puts the units of 2^-24, float16's smallest step, at the last bit of the sum: float32's own addition
    // rounds.
    private static final float SUBNORMAL_MAGIC = 0x1p-1f;
    private static final int EXPONENT_REBIAS = (127 - 15) << 23;

    private HalfFloats() {}

    /** IEEE 754 binary16. */
    static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        int half;
        if (magnitude > FLOAT32_INFINITY) {
            half = FLOAT16_QUIET_NAN;
        } else if (magnitude >= FLOAT16_OVERFLOW) {
            half = FLOAT16_INFINITY;
        } else if (magnitude < FLOAT16_SMALLEST_NORMAL) {
            half = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + SUBNORMAL_MAGIC)
                    - Float.floatToRawIntBits(SUBNORMAL_MAGIC);
        } else {
            half = roundedShift(magnitude - EXPONENT_REBIAS, 13);
        }
        return (short) (sign | half);
    }

    /** The upper half of a float32. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) roundedShift(bits, 16);
    }

    private static int roundedShift(int bits, int shift) {
        int odd = bits >>> shift & 1;
        return (bits + (1 << shift - 1) - 1 + odd) >>> shift;
    }
}
