package io.avatarservice.server.driver.liveportrait.driving;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.media.FrameRate;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTests {

    @ParameterizedTest
    @CsvSource({"30000, 1001", "24000, 1001", "25, 1", "60, 1", "15, 1", "12345, 678"})
    void keepsTheRateThatTheHeaderStates(int numerator, int denominator) {
        FrameRate stated = new FrameRate(numerator, denominator);

        assertThat(Cadence.rate(Optional.of(stated), times(stated, 50))).isEqualTo(stated);
    }

    @ParameterizedTest
    @CsvSource({"120, 1, 60, 1", "120000, 1001, 60000, 1001", "100, 1, 50, 1", "240, 1, 60, 1", "61, 1, 61, 2"})
    void leavesOutPicturesThatNoScreenShows(int numerator, int denominator, int expected, int expectedDenominator) {
        FrameRate stated = new FrameRate(numerator, denominator);

        assertThat(Cadence.rate(Optional.of(stated), times(stated, 50)))
                .isEqualTo(new FrameRate(expected, expectedDenominator));
    }

    @Test
    void measuresWhereTheHeaderSaysNothing() {
        double[] rounded = IntStream.range(0, 300)
                .mapToDouble(i -> Math.round(i * 1001 / 30.0) / 1000.0)
                .toArray();

        assertThat(Cadence.rate(Optional.empty(), rounded)).isEqualTo(new FrameRate(30_000, 1001));
        assertThat(Cadence.rate(Optional.empty(), new double[] {0, 0.1, 0.25})).isEqualTo(new FrameRate(8000, 1000));
    }

    @Test
    void measuresWhereTheHeaderIsWrong() {
        assertThat(Cadence.rate(Optional.of(FrameRate.of(1000)), times(FrameRate.of(25), 50)))
                .isEqualTo(FrameRate.of(25));
    }

    @Test
    void aStillHasTheRateOfItsHeader() {
        assertThat(Cadence.rate(Optional.of(FrameRate.of(30)), new double[] {0}))
                .isEqualTo(FrameRate.of(30));
        assertThat(Cadence.rate(Optional.empty(), new double[] {0})).isEqualTo(FrameRate.of(25));
    }

    @Test
    void aSlideShowHasOneFrameASecond() {
        double[] seconds = {0, 10, 30};

        FrameRate rate = Cadence.rate(Optional.empty(), seconds);

        assertThat(rate).isEqualTo(FrameRate.of(1));
        assertThat(Cadence.pictures(rate, seconds))
                .hasSize(31)
                .startsWith(0, 0)
                .endsWith(1, 2)
                .satisfies(pictures -> assertThat(pictures[9]).isZero())
                .satisfies(pictures -> assertThat(pictures[10]).isEqualTo(1));
    }

    @Test
    void showsEveryPictureOfAConstantRateOnce() {
        double[] rounded = IntStream.range(0, 1000)
                .mapToDouble(i -> Math.round(i * 1001 / 30.0) / 1000.0)
                .toArray();

        assertThat(Cadence.pictures(new FrameRate(30_000, 1001), rounded))
                .isEqualTo(IntStream.range(0, 1000).toArray());
    }

    @Test
    void showsEveryOtherPictureAtHalfTheRate() {
        assertThat(Cadence.pictures(FrameRate.of(60), times(FrameRate.of(120), 7)))
                .containsExactly(0, 2, 4, 6);
    }

    @Test
    void repeatsAPictureThatStays() {
        assertThat(Cadence.pictures(FrameRate.of(10), new double[] {0, 0.1, 0.5, 0.6}))
                .containsExactly(0, 1, 1, 1, 1, 2, 3);
    }

    private static double[] times(FrameRate rate, int count) {
        return IntStream.range(0, count).mapToDouble(rate::seconds).toArray();
    }
}
