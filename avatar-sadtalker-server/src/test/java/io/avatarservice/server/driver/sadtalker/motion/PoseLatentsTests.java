package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class PoseLatentsTests {

    @Test
    void everyBlockHasItsOwnDraw() {
        FloatTensor latents = PoseLatents.draw(2, 0, 1);

        assertThat(latents.shape()).containsExactly(2L, 64L);
        assertThat(latents.values()[0]).isEqualTo(-1.1258398f, within(3e-7f));
        assertThat(latents.values()[64]).isEqualTo(-0.5692481f, within(3e-7f));
    }

    @Test
    void variationScalesTheDraws() {
        float[] plain = PoseLatents.draw(1, 5, 1).values();
        float[] half = PoseLatents.draw(1, 5, 0.5).values();

        for (int i = 0; i < plain.length; i++) {
            assertThat(half[i]).isEqualTo(plain[i] / 2);
        }
    }

    @Test
    void withoutVariationTheSeedDoesNotMatter() {
        assertThat(PoseLatents.draw(3, 1, 0).values()).containsOnly(0);
    }
}
