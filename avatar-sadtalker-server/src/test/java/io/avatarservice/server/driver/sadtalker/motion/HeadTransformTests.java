package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class HeadTransformTests {

    private static final FloatTensor KEYPOINTS = FloatTensor.of(new float[] {0.1f, 0.2f, 0.3f, 0, 0, 0}, 1, 2, 3);

    @Test
    void theRotationIsThatOfTheReference() {
        assertThat(HeadTransform.rotation(10, -5, 20))
                .containsExactly(
                        new double[] {
                            0.92549056,
                            -0.33666557,
                            0.17356105,
                            0.32634598,
                            0.94134921,
                            0.08578959,
                            -0.19226396,
                            -0.02275651,
                            0.98107934
                        },
                        within(1e-7));
    }

    @Test
    void keypointsAreTurnedShiftedAndDeformed() {
        FloatTensor moved = HeadTransform.apply(
                KEYPOINTS,
                turned(-1.5f),
                FloatTensor.of(new float[] {0.1f, 0.2f, 0.3f}, 1, 3),
                FloatTensor.of(new float[] {0, 0.001f, 0.002f, 0.003f, 0.004f, 0.005f}, 1, 6));

        assertThat(moved.shape()).containsExactly(1L, 2L, 3L);
        assertThat(moved.values())
                .containsExactly(
                        new float[] {0.09731340f, 0.40616605f, 0.29938361f, 0.003f, 0.204f, 0.005f}, within(1e-7f));
    }

    @Test
    void everyFrameHasItsOwnMotion() {
        float[] moved = HeadTransform.apply(
                        KEYPOINTS,
                        turned(0, 0),
                        FloatTensor.of(new float[] {0, 0, 0, 0, 0.5f, 0}, 2, 3),
                        FloatTensor.of(new float[12], 2, 6))
                .values();

        assertThat(moved)
                .containsExactly(new float[] {0.1f, 0.2f, 0.3f, 0, 0, 0, 0.1f, 0.7f, 0.3f, 0, 0.5f, 0}, within(1e-7f));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadTransform.apply(
                        KEYPOINTS, turned(0), FloatTensor.of(new float[3], 1, 3), FloatTensor.of(new float[9], 1, 9)))
                .withMessage("the expression must have the shape [1, 6], got [1, 9]");
    }

    private static HeadAngles turned(float... degrees) {
        return new HeadAngles(degrees, degrees, degrees);
    }
}
