package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.driver.sadtalker.motion.Coefficients.Settings;
import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class CoefficientsTests {

    private static final int MIDDLE = 13;

    @Test
    void thePortraitsWindowRepeatsItsRow() {
        FloatTensor window = coefficients(new Settings(1, false, false)).source();

        assertThat(window.shape()).containsExactly(1L, 70L, 27L);
        assertThat(window.values()[69 * 27]).isEqualTo(69);
        assertThat(window.values()[69 * 27 + 26]).isEqualTo(69);
    }

    @Test
    void aFramesWindowReachesThirteenFramesToEitherSide() {
        FloatTensor windows = coefficients(new Settings(1, false, false)).targets(20, 22);

        assertThat(windows.shape()).containsExactly(2L, 70L, 27L);
        assertThat(windows.values()[0]).isEqualTo(7000);
        assertThat(windows.values()[MIDDLE]).isEqualTo(20_000);
        assertThat(windows.values()[26]).isEqualTo(33_000);
        assertThat(windows.values()[70 * 27 + 2 * 27]).isEqualTo(8002);
    }

    @Test
    void windowsAtTheEndsRepeatTheFirstAndTheLastRow() {
        Coefficients coefficients = coefficients(new Settings(1, false, false));

        assertThat(coefficients.targets(0, 1).values()).startsWith(0, 0).contains(13_000);
        assertThat(coefficients.targets(39, 40).values()[26]).isEqualTo(39_000);
        assertThat(coefficients.targets(39, 40).values()[0]).isEqualTo(26_000);
    }

    @Test
    void expressionsAreScaledAndPosesAreNot() {
        float[] window =
                coefficients(new Settings(1.5, false, false)).targets(20, 21).values();

        assertThat(window[3 * 27 + MIDDLE]).isEqualTo(20_003 * 1.5f);
        assertThat(window[66 * 27 + MIDDLE]).isEqualTo(20_002);
    }

    @Test
    void fullRowsSayWhereTheFaceLies() {
        Coefficients coefficients = coefficients(new Settings(1, false, true));
        float[] window = coefficients.targets(20, 21).values();

        assertThat(coefficients.channels()).isEqualTo(73);
        assertThat(coefficients.source().shape()).containsExactly(1L, 73L, 27L);
        assertThat(window[66 * 27 + MIDDLE]).isEqualTo(20_002);
        assertThat(window[72 * 27]).isEqualTo(72);
    }

    @Test
    void aStillHeadKeepsThePortraitsPose() {
        float[] window =
                coefficients(new Settings(1, true, true)).targets(20, 21).values();

        assertThat(window[3 * 27 + MIDDLE]).isEqualTo(20_003);
        assertThat(window[66 * 27 + MIDDLE]).isEqualTo(66);
        assertThat(window[70 * 27]).isEqualTo(70);
    }

    @Test
    void oneFrameIsEnough() {
        Coefficients one = Coefficients.of(
                Tensors.numbered(1, 73),
                Tensors.numbered(1, 64),
                Tensors.numbered(1, 6),
                new Settings(1, false, false));

        assertThat(one.frames()).isEqualTo(1);
        assertThat(one.targets(0, 1).values()[5 * 27 + 26]).isEqualTo(5);
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coefficients.of(
                        Tensors.numbered(1, 73),
                        Tensors.numbered(4, 64),
                        Tensors.numbered(3, 6),
                        new Settings(1, false, false)))
                .withMessage("the poses must have the shape [4, 6], got [3, 6]");
    }

    /** 40 frames; a value is 1000 times its frame plus its column among its kind. */
    private static Coefficients coefficients(Settings settings) {
        return Coefficients.of(Tensors.numbered(1, 73), Tensors.numbered(40, 64), Tensors.numbered(40, 6), settings);
    }
}
