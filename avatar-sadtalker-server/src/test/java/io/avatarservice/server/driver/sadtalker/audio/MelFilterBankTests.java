package io.avatarservice.server.driver.sadtalker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MelFilterBankTests {

    private final MelFilterBank filters = new MelFilterBank();

    @Test
    void theFirstFilterHasTheWeightsOfLibrosa() {
        float[] expected = {0, 0, 0, 0.00386959f, 0.01934796f, 0.02081245f, 0.00533408f, 0};

        for (int bin = 0; bin < expected.length; bin++) {
            assertThat(filters.weight(0, bin)).isEqualTo(expected[bin], within(1e-8f));
        }
    }

    @Test
    void theFiltersSumToThoseOfLibrosa() {
        double sum = 0;
        for (int band = 0; band < MelFilterBank.BANDS; band++) {
            for (int bin = 0; bin < RealFourierTransform.BINS; bin++) {
                sum += filters.weight(band, bin);
            }
        }

        assertThat(sum).isEqualTo(3.999498, within(1e-6));
    }

    @Test
    void aFilterWeighsTheSpectrum() {
        double[] flat = new double[RealFourierTransform.BINS];
        Arrays.fill(flat, 2);

        assertThat(filters.apply(0, flat)).isEqualTo(2 * 0.04936408, within(1e-7));
    }

    @Test
    void nothingAbove7600HertzIsHeard() {
        assertThat(filters.weight(79, 379)).isPositive();
        assertThat(filters.weight(79, 381)).isZero();
    }
}
