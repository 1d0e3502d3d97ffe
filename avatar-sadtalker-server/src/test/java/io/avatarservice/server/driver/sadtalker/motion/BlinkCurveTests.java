package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlinkCurveTests {

    @ParameterizedTest
    @CsvSource({
        "0, 22, 12",
        "0, 100, 36 77 94",
        "0, 300, 66 105 168 239 280",
        "42, 300, 52 74 90 152 184 214 243 266",
        "1099511627779, 300, 26 44 94 162 183 234 268",
        "-1, 300, 20 71 140 206 269 288"
    })
    void blinksWhereTheReferenceDoes(long seed, int frames, String peaks) {
        float[] curve = BlinkCurve.random(frames, seed).values();

        int[] expected =
                Arrays.stream(peaks.split(" ")).mapToInt(Integer::parseInt).toArray();
        assertThat(IntStream.range(0, frames).filter(i -> curve[i] == 1)).containsExactly(box(expected));
    }

    @Test
    void aBlinkLastsFiveFrames() {
        float[] curve = BlinkCurve.random(22, 0).values();

        assertThat(Arrays.copyOfRange(curve, 9, 16)).containsExactly(0, 0.5f, 0.9f, 1, 0.9f, 0.5f, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 20, 21})
    void shortClipsHaveNoBlinks(int frames) {
        FloatTensor curve = BlinkCurve.random(frames, 0);

        assertThat(curve.shape()).containsExactly((long) frames, 1L);
        assertThat(curve.values()).isEqualTo(new float[frames]);
    }

    @Test
    void blinksCanBeLeftOut() {
        assertThat(BlinkCurve.none(50).values()).hasSize(50).containsOnly(0);
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }
}
