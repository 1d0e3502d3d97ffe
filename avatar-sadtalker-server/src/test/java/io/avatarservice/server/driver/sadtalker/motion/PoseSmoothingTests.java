package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoseSmoothingTests {

    private static final float[] VALUES = {0, 1, 4, 2, 7, 3, 8, 5, 1, 9, 4, 6, 2, 8, 3};

    @Test
    void smoothsAsSciPyDoes() {
        assertThat(smooth(VALUES))
                .containsExactly(
                        new float[] {
                            0.06593407f,
                            1.5054945f,
                            2.7312686f,
                            3.7432568f,
                            4.5414586f,
                            5.125874f,
                            5.4965034f,
                            5.1888113f,
                            5.321678f,
                            5.3316684f,
                            5.2627373f,
                            5.1148853f,
                            4.888112f,
                            4.5824175f,
                            4.197802f
                        },
                        within(1e-6f));
    }

    @Test
    void shortClipsHaveAShorterWindow() {
        assertThat(smooth(Arrays.copyOf(VALUES, 6)))
                .containsExactly(new float[] {0.22857143f, 1.0857143f, 2.3714285f, 4.4f, 4.6f, 3.8f}, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theShortestClipsStayAsTheyAre(int frames) {
        float[] values = Arrays.copyOf(VALUES, frames);

        assertThat(smooth(values)).containsExactly(values, within(1e-6f));
    }

    @Test
    void columnsAreSmoothedOnTheirOwn() {
        FloatTensor poses = Tensors.numbered(20, 6);

        assertThat(PoseSmoothing.smooth(poses).values()).containsExactly(poses.values(), within(2e-3f));
    }

    private static float[] smooth(float[] values) {
        return PoseSmoothing.smooth(FloatTensor.of(values, values.length, 1)).values();
    }
}
