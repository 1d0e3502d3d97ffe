package io.avatarservice.server.driver.sadtalker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MelSpectrogramTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0, -1.034865",
        "0, 1, -1.586606",
        "0, 40, -4.0",
        "0, 80, -0.551651",
        "10, 0, 1.696789",
        "10, 1, 1.981623",
        "10, 40, 1.989764",
        "10, 80, 1.681259",
        "20, 0, -0.405261",
        "40, 0, -1.635506",
        "60, 1, -0.948713",
        "79, 0, -1.215681",
        "79, 80, -1.575148"
    })
    void aChordHasTheValuesOfTheReference(int band, int column, float expected) {
        MelSpectrogram mel = MelSpectrogram.of(SampleSource.of(Tones.chord()));

        assertThat(mel.values()[column * MelSpectrogram.BANDS + band]).isEqualTo(expected, within(1e-6f));
    }

    @Test
    void aChordSumsToThatOfTheReference() {
        MelSpectrogram mel = MelSpectrogram.of(SampleSource.of(Tones.chord()));
        double sum = 0;
        for (float value : mel.values()) {
            sum += value;
        }

        assertThat(sum).isEqualTo(-22661.7404, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "639, 0, 1", "640, 1, 4", "16000, 25, 81", "100001, 156, 500"})
    void onlyWholeFramesCount(int samples, int frames, int columns) {
        MelSpectrogram mel = MelSpectrogram.of(SampleSource.of(new float[samples]));

        assertThat(mel.frames()).isEqualTo(frames);
        assertThat(mel.columns()).isEqualTo(columns);
    }

    @Test
    void silenceIsTheLowestValue() {
        assertThat(MelSpectrogram.of(SampleSource.of(new float[6400])).values()).containsOnly(-4);
    }

    @Test
    void soundAfterTheLastWholeFrameIsNotHeard() {
        float[] whole = Tones.sine(0.5, 700, 16_000, 640 * 30);
        float[] longer = Arrays.copyOf(whole, whole.length + 639);
        Arrays.fill(longer, whole.length, longer.length, 1);

        assertThat(MelSpectrogram.of(SampleSource.of(longer)).values())
                .isEqualTo(MelSpectrogram.of(SampleSource.of(whole)).values());
    }

    @Test
    void portionsMakeNoDifference() {
        float[] sound = Tones.sine(0.5, 700, 16_000, 50_123);

        assertThat(MelSpectrogram.of(Tones.inPortions(sound)).values())
                .isEqualTo(MelSpectrogram.of(SampleSource.of(sound)).values());
    }

    @Test
    void theTensorIsTimeByBand() {
        assertThat(MelSpectrogram.of(SampleSource.of(Tones.chord())).tensor().shape())
                .containsExactly(81L, 80L);
    }
}
