package io.avatarservice.server.driver.sadtalker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTests {

    @Test
    void aToneHasTheValuesOfResampy() {
        float[] resampled = resample(Tones.sine(0.5, 440, 44_100, 4410), 44_100, 1600);

        assertThat(resampled[0]).isEqualTo(0.00867394f, within(2e-8f));
        assertThat(resampled[1]).isEqualTo(0.08408701f, within(2e-8f));
        assertThat(resampled[100]).isEqualTo(-0.50001729f, within(6e-8f));
        assertThat(resampled[800]).isEqualTo(-8.1e-7f, within(1e-7f));
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11_025, 22_050, 44_099, 44_100, 48_000, 96_000})
    void aToneStaysTheSameTone(int rate) {
        int samples = 2 * rate;

        float[] resampled = resample(Tones.sine(0.5, 440, rate, samples), rate, 32_000);

        float[] expected = Tones.sine(0.5, 440, 16_000, 32_000);
        // The filter reaches 50 zero crossings beyond the ends of the sound.
        for (int i = 200; i < 31_800; i++) {
            assertThat(resampled[i]).as("sample %d", i).isEqualTo(expected[i], within(3e-4f));
        }
    }

    @Test
    void whatSixteenKilohertzCannotHoldIsFilteredOut() {
        float[] resampled = resample(Tones.sine(0.5, 9000, 48_000, 48_000), 48_000, 16_000);

        for (int i = 200; i < 15_800; i++) {
            assertThat(resampled[i]).isEqualTo(0, within(1e-4f));
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 1, 1", "44100, 4411, 1601", "48000, 3, 1", "48000, 4, 2", "8000, 5, 10", "44100, 0, 0"})
    void theLengthIsRoundedUp(int rate, int samples, int expected) {
        assertThat(resample(new float[samples], rate, expected)).hasSize(expected);
    }

    @Test
    void portionsMakeNoDifference() {
        float[] sound = Tones.sine(0.5, 440, 44_100, 100_003);

        SampleSource inPortions = Resampler.resample(Tones.inPortions(sound), 44_100);

        assertThat(Tones.readAll(inPortions, 36_283)).isEqualTo(resample(sound, 44_100, 36_283));
    }

    @Test
    void soundAtTheRightRateIsLeftAlone() {
        SampleSource source = SampleSource.of(new float[10]);

        assertThat(Resampler.resample(source, 16_000)).isSameAs(source);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_000_001})
    void impossibleRatesAreRefused(int rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampler.resample(SampleSource.of(new float[1]), rate))
                .withMessage("the sample rate must be between 1 and 1000000 Hz, got " + rate);
    }

    private static float[] resample(float[] sound, int rate, int expected) {
        return Tones.readAll(Resampler.resample(SampleSource.of(sound), rate), expected);
    }
}
