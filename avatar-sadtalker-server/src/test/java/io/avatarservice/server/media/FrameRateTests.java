package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateTests {

    private static final FrameRate NTSC = new FrameRate(30_000, 1001);

    @Test
    void keepsAFractionExactly() {
        assertThat(NTSC.seconds(30_000)).isEqualTo(1001);
        assertThat(NTSC.perSecond()).isEqualTo(30_000 / 1001.0);
        assertThat(FrameRate.of(25).seconds(1)).isEqualTo(0.04);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(NTSC).hasToString("30000/1001");
        assertThat(FrameRate.parse("30000/1001")).isEqualTo(NTSC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "25/", "/1", "25/1/1", "a/b", "0/1", "25/0", "-25/1"})
    void refusesWhatIsNoRate(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FrameRate.parse(text));
    }
}
