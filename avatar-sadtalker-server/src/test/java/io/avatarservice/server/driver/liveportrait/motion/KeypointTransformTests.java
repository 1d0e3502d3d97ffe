package io.avatarservice.server.driver.liveportrait.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class KeypointTransformTests {

    private static final FloatTensor ROTATION = FloatTensor.of(
            new float[] {
                0.81379768f,
                0.46984631f,
                -0.34202014f,
                -0.44096961f,
                0.88256412f,
                0.16317591f,
                0.37852231f,
                0.01802831f,
                0.92541658f
            },
            1,
            3,
            3);

    @Test
    void turnsDeformsScalesAndMovesButNotInDepth() {
        FloatTensor placed = KeypointTransform.apply(
                row(0.1f, -0.2f, 0.3f), ROTATION, row(0.01f, 0.02f, -0.03f), row(1.5f), row(0.05f, -0.04f, 9));

        assertThat(placed.shape()).containsExactly(1L, 1L, 3L);
        assertThat(placed.values())
                .containsExactly(new float[] {0.48969557f, -0.19617955f, 0.27118167f}, within(1e-7f));
    }

    @Test
    void refusesAnExpressionOfOtherKeypoints() {
        FloatTensor three = row(0, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeypointTransform.apply(three, ROTATION, row(0, 0), row(1), three))
                .withMessage("the expression must have the shape [1, 3], got [1, 2]");
    }

    private static FloatTensor row(float... values) {
        return FloatTensor.of(values, 1, values.length);
    }
}
