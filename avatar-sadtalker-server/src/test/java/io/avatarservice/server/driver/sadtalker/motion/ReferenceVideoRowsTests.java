package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceVideoRowsTests {

    @Test
    void aVideoAt25FramesPerSecondStaysAsItIs() {
        FloatTensor rows = Tensors.numbered(250, 73);

        FloatTensor resampled = ReferenceVideoRows.resample(rows, times(250, 25, 0.04));

        assertThat(resampled.shape()).isEqualTo(rows.shape());
        assertThat(resampled.values()).containsExactly(rows.values());
    }

    @Test
    void rowsBetweenFramesAreInterpolated() {
        float[] resampled = ReferenceVideoRows.resample(Tensors.numbered(50, 2), times(50, 50, 1))
                .values();

        assertThat(resampled).hasSize(50);
        assertThat(resampled[2 * 7]).isEqualTo(14_000, within(1e-2f));

        float[] slow = ReferenceVideoRows.resample(Tensors.numbered(10, 2), times(10, 12.5, 0))
                .values();

        assertThat(slow[2]).isEqualTo(500, within(1e-2f));
        assertThat(slow[3]).isEqualTo(501, within(1e-2f));
    }

    @ParameterizedTest
    @CsvSource({"300, 30, 250", "24, 24, 25", "10, 12.5, 20", "1, 25, 1", "2, 100, 1"})
    void theLengthStaysTheSame(int rows, double rate, long expected) {
        FloatTensor resampled = ReferenceVideoRows.resample(Tensors.numbered(rows, 2), times(rows, rate, 0));

        assertThat(resampled.shape()).containsExactly(expected, 2L);
    }

    @Test
    void theLastRowIsHeldToItsEnd() {
        float[] resampled = ReferenceVideoRows.resample(Tensors.numbered(2, 1), times(2, 5, 0))
                .values();

        assertThat(resampled).hasSize(10).endsWith(1000, 1000, 1000, 1000, 1000);
    }

    @Test
    void timesMustAscend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferenceVideoRows.resample(Tensors.numbered(2, 1), new double[] {1, 1}))
                .withMessage("the time of frame 1, 1.0 s, is not after 1.0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferenceVideoRows.resample(Tensors.numbered(2, 1), new double[] {1}))
                .withMessage("1 times do not fit 2 rows");
    }

    private static double[] times(int frames, double rate, double start) {
        return IntStream.range(0, frames).mapToDouble(i -> start + i / rate).toArray();
    }
}
