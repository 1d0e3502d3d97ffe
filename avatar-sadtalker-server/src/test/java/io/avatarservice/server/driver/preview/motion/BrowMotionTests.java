package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.preview.motion.Prosody.Stress;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowMotionTests {

    private static final Prosody EMPHATIC = new Prosody(200, List.of(), List.of(new Stress(100, 1)));

    @Test
    void emphasisRaisesTheBrows() {
        float[] brow = BrowMotion.plan(EMPHATIC, 1, 1);

        assertThat(brow[99]).isGreaterThan(0.4f);
        assertThat(brow[60]).isBetween(-0.2f, 0.2f);
        assertThat(brow[140]).isBetween(-0.2f, 0.2f);
    }

    @Test
    void unstressedSyllablesDoNot() {
        float[] brow = BrowMotion.plan(new Prosody(200, List.of(), List.of(new Stress(100, 0.2f))), 1, 1);

        assertThat(brow[99]).isLessThan(0.2f);
    }

    @Test
    void scaleZeroKeepsThePortraitsBrows() {
        for (float raised : BrowMotion.plan(EMPHATIC, 1, 0)) {
            assertThat(raised == 0).isTrue();
        }
    }
}
