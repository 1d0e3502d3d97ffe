package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatsTests {

    @Test
    void everyFloat16KeepsItsBits() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = float16(bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloats.toFloat16(value))
                        .as(Integer.toHexString(bits))
                        .isEqualTo((short) bits);
            }
        }
    }

    @Test
    void betweenTwoFloat16TheNearerIsTakenAndTheEvenOneOfATie() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            double middle = ((double) float16(bits) + float16(bits + 1)) / 2;
            int even = bits % 2 == 0 ? bits : bits + 1;

            // The middle of two float16 is a float32.
            assertThat(HalfFloats.toFloat16((float) middle)).isEqualTo((short) even);
            assertThat(HalfFloats.toFloat16(Math.nextDown((float) middle))).isEqualTo((short) bits);
            assertThat(HalfFloats.toFloat16(Math.nextUp((float) middle))).isEqualTo((short) (bits + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "65519.996, 0x7BFF",
        "65520, 0x7C00",
        "1e9, 0x7C00",
        "Infinity, 0x7C00",
        "-Infinity, 0xFC00",
        "NaN, 0x7E00"
    })
    void float16EndsInInfinity(float value, int bits) {
        assertThat(HalfFloats.toFloat16(value)).isEqualTo((short) bits);
    }

    @ParameterizedTest
    @CsvSource({
        "0x3F808000, 0x3F80", // a tie goes down to the even one
        "0x3F818000, 0x3F82", // and up
        "0x3F808001, 0x3F81",
        "0x7F7FFFFF, 0x7F80", // the largest float32 is nearest to infinity
        "0x80000001, 0x8000",
        "0x7F800001, 0x7FC0" // not a number stays one
    })
    void bfloat16IsTheRoundedUpperHalf(String float32, int bits) {
        float value = Float.intBitsToFloat((int) Long.parseLong(float32.substring(2), 16));

        assertThat(HalfFloats.toBfloat16(value)).isEqualTo((short) bits);
    }

    private static float float16(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double magnitude = exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
        if (exponent == 31) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return (float) ((bits & 0x8000) == 0 ? magnitude : -magnitude);
    }
}
