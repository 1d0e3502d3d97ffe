package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchRandomTests {

    @Test
    void drawsWhatTorchDraws() {
        TorchRandom random = new TorchRandom(0);

        float[] first = random.normal(64);
        float[] second = random.normal(64);

        assertThat(Arrays.copyOf(first, 6))
                .containsExactly(
                        new float[] {-1.1258398f, -1.1523602f, -0.2505786f, -0.4338788f, 0.8487104f, 0.6920092f},
                        within(3e-7f));
        assertThat(Arrays.copyOf(second, 3))
                .containsExactly(new float[] {-0.5692481f, 0.9199714f, 1.1108161f}, within(3e-7f));
    }

    @ParameterizedTest
    @CsvSource({
        "42, 1.9269153, 1.4872841, -0.7521353, 1.3835493, 1.4451338",
        "1099511627779, -0.0766443, 0.3598815, -0.051681, 1.3777584, -0.0752025",
        "-1, -2.6642976, -1.0910486, -1.7514946, -0.118878, -0.1603081"
    })
    void seedsAsTorchDoes(long seed, float first, float second, float ninth, float last, float next) {
        TorchRandom random = new TorchRandom(seed);

        float[] values = random.normal(64);

        assertThat(new float[] {values[0], values[1], values[8], values[63], random.normal(64)[0]})
                .containsExactly(new float[] {first, second, ninth, last, next}, within(5e-7f));
    }

    @Test
    void refusesSizesThatTorchDrawsInAnotherWay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TorchRandom(0).normal(20))
                .withMessage("the size must be a multiple of 16, got 20");
    }
}
