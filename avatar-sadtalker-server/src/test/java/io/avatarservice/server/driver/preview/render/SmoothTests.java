package io.avatarservice.server.driver.preview.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmoothTests {

    @Test
    void aStepIsFlatAtBothEndsAndHalfwayInTheMiddle() {
        assertThat(Smooth.step(2, 4, 1)).isZero();
        assertThat(Smooth.step(2, 4, 3)).isEqualTo(0.5f);
        assertThat(Smooth.step(2, 4, 5)).isEqualTo(1);
        assertThat(Smooth.step(2, 4, 2.01f)).isLessThan(1e-4f);
    }

    @Test
    void aCurveRunsLinearlyBetweenItsPointsInEitherDirection() {
        float[] values = {10, 20, 0};

        assertThat(Smooth.along(new float[] {0, 1, 2}, values, 0.5f)).isEqualTo(15);
        assertThat(Smooth.along(new float[] {2, 1, 0}, values, 0.5f)).isEqualTo(10);
    }

    @Test
    void aCurveStaysLevelBeyondItsEnds() {
        float[] x = {0, 1, 2};
        float[] values = {10, 20, 0};

        assertThat(Smooth.along(x, values, -3)).isEqualTo(10);
        assertThat(Smooth.along(x, values, 9)).isZero();
    }
}
