package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.torch.FloatTensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FaceSquareTests {

    private static final FacePoints FACE = FacePoints.of(SyntheticFace.landmarks());
    // A few units in the last place of the reference's float32.
    private static final Offset<Float> NEAR = within(1e-4f);

    @Test
    void thePortraitsSquareIsTurnedWithTheFace() {
        FaceSquare square = FaceSquare.around(FACE, 2.3, -0.125);

        assertThat(square.centerX()).isCloseTo(391.64230f, NEAR);
        assertThat(square.centerY()).isCloseTo(222.14998f, NEAR);
        assertThat(square.side()).isCloseTo(723.13043f, within(2e-4f));
        assertThat(square.angle()).isCloseTo(1.0277613, within(1e-6));
        assertThat(square.toCrop(512).matrix())
                .containsExactly(
                        new float[] {
                            0.36586657f, 0.60617816f, -21.951292f, -0.60617816f, 0.36586657f, 412.12778f, 0, 0, 1
                        },
                        NEAR);
    }

    @Test
    void theLandmarkNetworkSeesASmallerSquare() {
        assertThat(FaceSquare.around(FACE, 1.5, -0.1).toCrop(224).matrix())
                .containsExactly(
                        new float[] {
                            0.24543548f, 0.40664452f, -74.458984f, -0.40664452f, 0.24543548f, 196.20238f, 0, 0, 1
                        },
                        NEAR);
    }

    @Test
    void theDrivingBoxIsUpright() {
        DrivingBox box = DrivingBox.around(FACE, 2.2, -0.1);

        assertThat(List.of(box.left(), box.top(), box.right(), box.bottom()))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 2e-4 ? 0 : 1)
                .containsExactly(27.62796, -112.72868, 719.31799, 578.96130);
    }

    @Test
    void oneBoxServesAllFrames() {
        DrivingBox box = DrivingBox.mean(List.of(new DrivingBox(0, 10, 20, 30), new DrivingBox(20, 30, 140, 150)));

        assertThat(box).isEqualTo(new DrivingBox(10, 20, 80, 90));
        assertThat(new DrivingBox(10, 20, 138, 148).toCrop(512).matrix())
                .containsExactly(4, 0, -40, 0, 4, -80, 0, 0, 1);
    }

    @Test
    void eyesOnTheLipsCountAsUpright() {
        FacePoints flat = FacePoints.of(FloatTensor.of(new float[] {0, 0, 2, 0, 1, 5, 0, 0, 2, 0}, 5, 2));

        assertThat(FaceSquare.around(flat, 1, 0).angle()).isZero();
    }

    @Test
    void refusesLandmarksOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FacePoints.of(FloatTensor.of(new float[14], 7, 2)))
                .withMessage("there are 468, 203, 106, 68 or 5 landmarks, not 7");
    }
}
