package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class ReferencePoseTests {

    @Test
    void addsTheMotionSinceTheFirstRowAndStartsAgain() {
        FloatTensor poses = FloatTensor.of(new float[30], 5, 6);

        float[] followed = ReferencePose.follow(poses, Tensors.numbered(3, 73)).values();

        assertThat(followed).startsWith(0, 0, 0, 0, 0, 0).endsWith(1000, 1000, 1000, 1000, 1000, 1000);
        assertThat(followed[2 * 6]).isEqualTo(2000);
        assertThat(followed[3 * 6]).isZero();
    }

    @Test
    void keepsTheClipsOwnPose() {
        assertThat(ReferencePose.follow(Tensors.numbered(2, 6), Tensors.numbered(1, 70)))
                .usingRecursiveComparison()
                .isEqualTo(Tensors.numbered(2, 6));
    }

    @Test
    void rowsWithoutPoseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferencePose.follow(Tensors.numbered(2, 6), Tensors.numbered(1, 64)))
                .withMessage("the reference must have at least one row and 70 columns, got the shape [1, 64]");
    }
}
