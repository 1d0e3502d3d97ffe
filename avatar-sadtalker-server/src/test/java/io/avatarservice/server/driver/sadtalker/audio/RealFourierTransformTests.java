package io.avatarservice.server.driver.sadtalker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RealFourierTransformTests {

    private final RealFourierTransform transform = new RealFourierTransform();
    private final double[] frame = new double[RealFourierTransform.SIZE];
    private final double[] magnitudes = new double[RealFourierTransform.BINS];

    @Test
    void equalsTheDefinition() {
        Random random = new Random(7);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = random.nextDouble() - 0.5;
        }

        transform.magnitudes(frame, magnitudes);

        for (int k = 0; k < magnitudes.length; k++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < frame.length; i++) {
                double angle = 2 * Math.PI * (k * i % frame.length) / frame.length;
                real += frame[i] * Math.cos(angle);
                imaginary += frame[i] * Math.sin(angle);
            }
            assertThat(magnitudes[k]).isEqualTo(Math.hypot(real, imaginary), within(1e-12));
        }
    }

    @Test
    void putsAConstantIntoTheFirstBinAndAnAlternationIntoTheLast() {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = 2 + (i % 2 == 0 ? 1 : -1);
        }

        transform.magnitudes(frame, magnitudes);

        assertThat(magnitudes[0]).isEqualTo(1600, within(1e-9));
        assertThat(magnitudes[400]).isEqualTo(800, within(1e-9));
        assertThat(magnitudes[200]).isEqualTo(0, within(1e-9));
    }
}
