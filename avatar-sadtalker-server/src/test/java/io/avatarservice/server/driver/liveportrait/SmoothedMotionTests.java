package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.driver.liveportrait.motion.RandomWalkSmoother;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmoothedMotionTests {

    @Test
    void jitterOfTheExpressionIsDampedAndTheRestStays() {
        List<HeadMotion> frames = List.of(head(0), head(0), head(0.1f), head(0), head(0));
        List<HeadMotion> left = new ArrayList<>(frames);

        SmoothedMotion smooth = SmoothedMotion.of(most -> taken(left, most), 2, new RandomWalkSmoother(1e-5, 1e-2));

        List<HeadMotion> seen = smooth.next(3);
        assertThat(seen).hasSize(3);
        assertThat(seen.get(2).expression().values()[0]).isBetween(0.001f, 0.05f);
        assertThat(seen.get(2).translation().values()[0]).isEqualTo(0.1f);
        assertThat(seen.get(2).scale().values()[0]).isCloseTo(1.1f, within(1e-6f));
        assertThat(smooth.next(3)).hasSize(2);
        assertThat(smooth.next(3)).isEmpty();
    }

    @Test
    void aVideoWithoutFramesHasNoMotion() {
        assertThat(SmoothedMotion.of(most -> List.of(), 2, RandomWalkSmoother.ofMotion())
                        .next(1))
                .isEmpty();
    }

    private static List<HeadMotion> taken(List<HeadMotion> left, int most) {
        List<HeadMotion> next = List.copyOf(left.subList(0, Math.min(most, left.size())));
        left.subList(0, next.size()).clear();
        return next;
    }

    private static HeadMotion head(float number) {
        return new HeadMotion(
                FloatTensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 1, 3, 3),
                FloatTensor.of(new float[] {number, 0, 0}, 1, 3),
                FloatTensor.of(new float[] {1 + number}, 1, 1),
                FloatTensor.of(new float[] {number, 0, 0}, 1, 3));
    }
}
