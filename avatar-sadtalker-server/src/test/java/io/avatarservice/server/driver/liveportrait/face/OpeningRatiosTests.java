package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OpeningRatiosTests {

    private static final Offset<Float> NEAR = within(1e-6f);

    @Test
    void areHeightToWidth() {
        OpeningRatios ratios = OpeningRatios.of(SyntheticFace.landmarks());

        assertThat(ratios.leftEye()).isCloseTo(0.65529644f, NEAR);
        assertThat(ratios.rightEye()).isCloseTo(0.50540709f, NEAR);
        assertThat(ratios.lips()).isCloseTo(0.73782742f, NEAR);
    }
}
