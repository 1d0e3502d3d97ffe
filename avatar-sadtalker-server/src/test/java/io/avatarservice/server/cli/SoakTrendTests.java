package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTrendTests {

    @Test
    void whatGoesUpAndDownIsFlat() {
        assertThat(heap(round -> 40 + round % 2 * 3)).isEqualTo("flat");
    }

    @Test
    void whatGrowsWithEveryRoundIsSeen() {
        assertThat(heap(round -> 40 + 2 * round)).isEqualTo("grew");
    }

    @Test
    void whatGrowsInTheServersYouthOnlyIsFlat() {
        assertThat(heap(round -> Math.min(20 + 10 * round, 60))).isEqualTo("flat");
    }

    @Test
    void littleMayGrowByTheSlack() {
        List<SoakSample> samples = samples(round -> round < 10 ? 2 : 6);

        assertThat(new SoakTrend(samples).of(SoakSample::heap, 4)).isEqualTo("flat");
        assertThat(new SoakTrend(samples).of(SoakSample::heap, 3)).isEqualTo("grew");
    }

    @Test
    void fewSamplesTellNothing() {
        List<SoakSample> few = samples(round -> 1).subList(0, 3);

        assertThatIllegalArgumentException().isThrownBy(() -> new SoakTrend(few));
    }

    private static String heap(IntUnaryOperator heap) {
        return new SoakTrend(samples(heap)).of(SoakSample::heap, 0);
    }

    private static List<SoakSample> samples(IntUnaryOperator heap) {
        return IntStream.range(0, 20)
                .mapToObj(round -> new SoakSample(round, heap.applyAsInt(round), 0, 0, 0, 0, 0))
                .toList();
    }
}
