package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvesTests {

    @ParameterizedTest
    @CsvSource({"0.5, 1, 0.5", "0.5, 0, 0", "0.5, 0.5, 0.25", "0.5, 3, 0.875", "-0.5, 3, -0.875", "1, 3, 1"})
    void expressionScalesWithinItsRange(double value, double scale, double expected) {
        assertThat(Curves.express(value, scale)).isEqualTo(expected, within(1e-9));
    }

    @Test
    void smoothingKeepsAConstantEvenAtTheMiddleOfAShortCurve() {
        float[] constant = new float[21];
        Arrays.fill(constant, 2);

        assertThat(Curves.smooth(constant, 5)[10]).isEqualTo(2, within(1e-6f));
    }

    @Test
    void smoothingDelaysNothing() {
        float[] impulse = new float[21];
        impulse[10] = 1;

        float[] smoothed = Curves.smooth(impulse, 3);

        assertThat(smoothed[9]).isEqualTo(smoothed[11]);
        assertThat(smoothed[10]).isGreaterThan(smoothed[9]);
        assertThat(smoothed[14]).isZero();
    }

    @Test
    void bumpsAtTheEdgeAreCutOff() {
        float[] curve = new float[5];

        Curves.addBump(curve, 0, 4, 1);

        assertThat(curve).containsExactly(new float[] {1, 0.5f, 0, 0, 0}, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "0, 2, 0", "1, 3, 1", "0, 100, 0", "10, 100, 1", "99, 100, 0", "5, 100, 0.5"})
    void clipsLeaveRestAndComeBackToIt(int frame, int frames, double expected) {
        assertThat(Curves.awayFromRest(frame, frames, 10)).isEqualTo(expected, within(1e-9));
    }
}
