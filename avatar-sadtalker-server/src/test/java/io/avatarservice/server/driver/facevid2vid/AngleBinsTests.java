package io.avatarservice.server.driver.facevid2vid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class AngleBinsTests {

    private final AngleBins bins = new AngleBins(-97.5);

    @Test
    void aBellOfLogitsIsTheAngleUnderItsPeak() {
        float[] logits = new float[66];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = -0.02f * (i - 30) * (i - 30);
        }

        assertThat(bins.degrees("the yaw", FloatTensor.of(logits, 1, 66)))
                .containsExactly(new float[] {-7.5f}, within(1e-4f));
    }

    @Test
    void equalLogitsAreTheMiddle() {
        assertThat(bins.degrees("the yaw", FloatTensor.of(new float[2 * 66], 2, 66)))
                .containsExactly(0, 0);
    }

    @Test
    void refusesAnotherNumberOfClasses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bins.degrees("the yaw", FloatTensor.of(new float[65], 1, 65)))
                .withMessage("the yaw must have the shape [1, 66], got [1, 65]");
    }
}
