package io.avatarservice.server.driver.liveportrait.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MotionScaleTests {

    private static final FloatTensor SOURCE = points(
            k -> Math.sin(1.3 * k + 0.1), k -> 0.8 * Math.cos(0.7 * k + 0.2), k -> 0.3 * Math.sin(2.1 * k + 0.3));
    private static final FloatTensor DRIVING = points(
            k -> 0.9 * Math.sin(1.3 * k + 0.15),
            k -> 0.75 * Math.cos(0.7 * k + 0.25),
            k -> 0.28 * Math.sin(2.1 * k + 0.2));

    @Test
    void volumesAreThoseOfQhull() {
        assertThat(ConvexHull.volume(SOURCE)).isCloseTo(1.0359392, within(1e-6));
        assertThat(ConvexHull.volume(DRIVING)).isCloseTo(0.8077753, within(1e-6));
    }

    @Test
    void aTetrahedronIsItsOwnHull() {
        FloatTensor corners = FloatTensor.of(new float[] {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3}, 1, 4, 3);

        assertThat(ConvexHull.volume(corners)).isCloseTo(1, within(1e-12));
    }

    @Test
    void theScaleIsTheRatioOfTheRoots() {
        assertThat(MotionScale.between(SOURCE, DRIVING)).isCloseTo(1.1324574, within(1e-6));
    }

    private static FloatTensor points(IntToDoubleFunction x, IntToDoubleFunction y, IntToDoubleFunction z) {
        float[] values = new float[21 * 3];
        for (int k = 0; k < 21; k++) {
            values[3 * k] = (float) x.applyAsDouble(k);
            values[3 * k + 1] = (float) y.applyAsDouble(k);
            values[3 * k + 2] = (float) z.applyAsDouble(k);
        }
        return FloatTensor.of(values, 1, 21, 3);
    }
}
