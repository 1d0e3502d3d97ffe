package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTimeSpectrumTests {

    private final ShortTimeSpectrum spectrum = new ShortTimeSpectrum();

    @ParameterizedTest
    @CsvSource({
        "730, 1090,  0.7,  1.3, -1.1, -0.3",
        "270, 2290, -0.2,  0.4,  0.6,  1.4",
        "300,  870, -0.2,  0.4, -1.2, -0.6",
        "530, 1840,  0.3,  0.9,  0.0,  0.8"
    })
    void formantsTellOpennessAndSpread(
            double f1, double f2, double minOpen, double maxOpen, double minSpread, double maxSpread) {
        spectrum.analyze(Sounds.vowel(f1, f2, 0.5), 4000);

        assertThat((double) spectrum.openness()).isBetween(minOpen, maxOpen);
        assertThat((double) spectrum.spread()).isBetween(minSpread, maxSpread);
    }

    @Test
    void energyIsDecibelsOfFullScale() {
        float[] sine = new float[ShortTimeSpectrum.WINDOW];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * 1000 * i / Sounds.RATE);
        }

        spectrum.analyze(sine, 0);

        assertThat(spectrum.energy()).isEqualTo(-3.01f, within(0.1f));
    }

    @Test
    void tiltTellsVoiceFromHiss() {
        spectrum.analyze(Sounds.openVowel(0.5), 4000);
        float voice = spectrum.tilt();
        spectrum.analyze(Sounds.fricative(0.5), 4000);

        assertThat(voice).isGreaterThan(0.7f);
        assertThat(spectrum.tilt()).isLessThan(0f);
    }

    @Test
    void silenceHasNoShape() {
        spectrum.analyze(Sounds.openVowel(0.5), 4000);
        spectrum.analyze(Sounds.silence(0.5), 4000);

        assertThat(spectrum.energy()).isEqualTo(SpeechFeatures.SILENCE);
        assertThat(spectrum.openness()).isZero();
        assertThat(spectrum.spread()).isZero();
    }
}
