package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraListTests {

    @Test
    void theHeadTurnsAtAnEvenSpeed() {
        assertThat(angles(-20, 30, 10).perFrame(11))
                .containsExactly(new float[] {-20, -13, -6, 1, 8, 15, 22, 29, 30, 23, 16}, within(1e-5f));
    }

    @Test
    void theLastAngleBeforeTheEndIsHeld() {
        assertThat(angles(0, 9).perFrame(4)).containsExactly(new float[] {0, 3, 6, 6}, within(1e-5f));
    }

    @Test
    void oneAngleIsHeldThroughout() {
        assertThat(angles(12.5).perFrame(3)).containsExactly(12.5f, 12.5f, 12.5f);
    }

    @Test
    void equalNeighborsArePassedAtOnce() {
        assertThat(angles(5, 5).perFrame(3)).containsExactly(5, 5, 5);
        assertThat(angles(0, 6, 6, 0).perFrame(13))
                .containsExactly(angles(0, 6, 0).perFrame(13));
    }

    @Test
    void oneFrameHasTheFirstAngle() {
        assertThat(angles(-20, 30).perFrame(1)).containsExactly(-20);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-180.5, 181, Double.NaN, Double.POSITIVE_INFINITY})
    void anglesBeyondHalfATurnAreRefused(double angle) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> angles(1, angle))
                .withMessage("angles must be between -180 and 180 degrees, got " + angle);
    }

    @Test
    void noAngleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(CameraListTests::angles)
                .withMessage("there must be at least one angle");
    }

    private static CameraList angles(double... degrees) {
        return new CameraList(Arrays.stream(degrees).boxed().toList());
    }
}
