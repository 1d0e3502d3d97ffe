package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class HeadAnglesTests {

    @Test
    void equalLogitsAreTheMiddleOfTheRange() {
        FloatTensor equal = FloatTensor.of(new float[66], 1, 66);

        assertThat(HeadAngles.expected(equal, equal, equal).yaw()).containsExactly(new float[] {-1.5f}, within(1e-6f));
    }

    @Test
    void everyAngleHasItsOwnLogits() {
        HeadAngles angles = HeadAngles.expected(oneHot(33), oneHot(0), oneHot(65));

        assertThat(angles.yaw()).containsExactly(new float[] {0}, within(1e-6f));
        assertThat(angles.pitch()).containsExactly(new float[] {-99}, within(1e-6f));
        assertThat(angles.roll()).containsExactly(new float[] {96}, within(1e-6f));
    }

    @Test
    void otherNumbersOfClassesAreRefused() {
        FloatTensor logits = FloatTensor.of(new float[65], 1, 65);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadAngles.expected(logits, logits, logits))
                .withMessage("the yaw must have the shape [1, 66], got [1, 65]");
    }

    private static FloatTensor oneHot(int index) {
        float[] logits = new float[66];
        logits[index] = 1000;
        return FloatTensor.of(logits, 1, 66);
    }
}
