package io.avatarservice.server.driver.sadtalker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MelWindowsTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0 0 0 0 0 0 0 1 2 3 4 5 6 7 8 9",
        "1, 0 0 0 0 1 2 3 4 5 6 7 8 9 10 11 12",
        "24, 70 71 72 73 74 75 76 77 78 79 80 80 80 80 80 80"
    })
    void aWindowRepeatsTheEndsOfTheSpectrogram(int frame, String columns) {
        float[] window = MelWindows.of(numbered(81), frame, frame + 1).values();

        float[] expected = new float[16];
        String[] numbers = columns.split(" ");
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Float.parseFloat(numbers[i]);
        }
        assertThat(Arrays.copyOf(window, 16)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, -6", "1, -3", "2, 0", "3, 3", "4, 6", "199999, 639990"})
    void windowsStartTowardZero(int frame, int column) {
        assertThat(MelWindows.firstColumn(frame)).isEqualTo(column);
    }

    @Test
    void aWindowIsBandByTime() {
        FloatTensor windows = MelWindows.of(numbered(81), 5, 8);

        assertThat(windows.shape()).containsExactly(3L, 1L, 80L, 16L);
        // Frame 5 starts at column 9; band 2 adds 2000.
        assertThat(windows.values()[2 * 16 + 1]).isEqualTo(2010);
    }

    /** Every value is its column plus a thousand per band. */
    private static MelSpectrogram numbered(int columns) {
        float[] values = new float[columns * MelSpectrogram.BANDS];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / MelSpectrogram.BANDS + 1000f * (i % MelSpectrogram.BANDS);
        }
        return new MelSpectrogram(values, 25);
    }
}
