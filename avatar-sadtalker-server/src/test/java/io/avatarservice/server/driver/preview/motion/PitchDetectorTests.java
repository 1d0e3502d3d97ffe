package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PitchDetectorTests {

    private final PitchDetector detector = new PitchDetector(1040);

    @ParameterizedTest
    @CsvSource({"80, 6.5", "110, 12", "220, 24", "330, 31"})
    void hearsTheFundamental(double hertz, double semitones) {
        float[] sound = new float[1040];
        for (int i = 0; i < sound.length; i++) {
            for (int harmonic = 1; harmonic <= 5; harmonic++) {
                sound[i] += (float) (0.1 * Math.sin(2 * Math.PI * hertz * harmonic * i / Sounds.RATE) / harmonic);
            }
        }

        detector.analyze(sound);

        assertThat(detector.periodicity()).isGreaterThan(0.85f);
        assertThat((double) detector.semitones()).isEqualTo(semitones, within(1.0));
    }

    @Test
    void noiseIsNotPeriodic() {
        detector.analyze(Arrays.copyOf(Sounds.noise(0.1, 0.2), 1040));

        assertThat(detector.periodicity()).isLessThan(0.45f);
    }

    @Test
    void silenceIsNotPeriodic() {
        detector.analyze(Arrays.copyOf(Sounds.openVowel(0.1), 1040));
        detector.analyze(new float[1040]);

        assertThat(detector.periodicity()).isZero();
    }
}
