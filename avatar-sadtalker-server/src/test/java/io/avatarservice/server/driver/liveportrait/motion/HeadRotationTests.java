package io.avatarservice.server.driver.liveportrait.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class HeadRotationTests {

    @Test
    void turnsByRollThenYawThenPitch() {
        assertThat(HeadRotation.of(10, 20, 30))
                .containsExactly(
                        new double[] {
                            0.81379768,
                            0.46984631,
                            -0.34202014,
                            -0.44096961,
                            0.88256412,
                            0.16317591,
                            0.37852231,
                            0.01802831,
                            0.92541658
                        },
                        within(1e-8));
    }

    @Test
    void equalLogitsAreNoRotation() {
        FloatTensor logits = FloatTensor.of(new float[2 * 66], 2, 66);

        FloatTensor rotation = HeadRotation.expected(logits, logits, logits);

        assertThat(rotation.shape()).containsExactly(2L, 3L, 3L);
        assertThat(rotation.rows(1, 2).values())
                .containsExactly(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-6f));
    }

    @Test
    void refusesAnglesOfAnotherNumberOfFaces() {
        FloatTensor two = FloatTensor.of(new float[2 * 66], 2, 66);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadRotation.expected(two, two.rows(0, 1), two))
                .withMessage("the yaw must have the shape [2, 66], got [1, 66]");
    }
}
