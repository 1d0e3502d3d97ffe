package io.avatarservice.server.driver.liveportrait.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomWalkSmootherTests {

    @Test
    void smoothsAsTheReferenceDoes() {
        assertThat(RandomWalkSmoother.ofMotion().smooth(new double[] {0, 0.01, 0.03, 0.02, 0.05}))
                .containsExactly(
                        new double[] {0.00029908, 0.01026854, 0.02918926, 0.02108529, 0.04915782}, within(1e-8));
    }

    @Test
    void nothingStaysNothing() {
        assertThat(RandomWalkSmoother.ofMotion().smooth(new double[0])).isEmpty();
    }
}
