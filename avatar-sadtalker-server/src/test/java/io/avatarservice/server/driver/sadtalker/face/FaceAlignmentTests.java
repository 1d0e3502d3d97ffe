package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.FaceTemplate.Projection;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Goldens: the reference's {@code align_img}. */
class FaceAlignmentTests {

    private static final Landmarks LANDMARKS = TemplateFace.landmarks(70, 7, 128, 120);

    @Test
    void findsHowTheTemplateLies() {
        Projection projection = FaceTemplate.project(LANDMARKS, 256);

        assertThat(projection.scale()).isCloseTo(69.999999, within(1e-6));
        assertThat(projection.x()).isCloseTo(127.999998, within(2e-6));
        assertThat(projection.y()).isCloseTo(134.999991, within(2e-6));
    }

    @Test
    void cutsTheFaceFromTheResizedPicture() {
        RgbImage image = RandomImages.of(256, 256, 4);

        AlignedFace face = FaceAlignment.align(image, LANDMARKS);

        assertThat(face.scale()).isEqualTo(1.457142872f);
        assertThat(face.x()).isCloseTo(128, within(1e-5f));
        assertThat(face.y()).isCloseTo(135, within(2e-5f));
        assertThat(face.image().shape()).containsExactly(1L, 3L, 224L, 224L);
        RgbImage expected = PillowBicubic.resize(image, new Size(373, 373), new Box(74, 64, 298, 288));
        assertThat(face.image().values())
                .isEqualTo(expected.toTensor(ChannelOrder.RGB, PixelScale.DIVIDED_IN_DOUBLE)
                        .values());
    }

    @Test
    void refusesLandmarksOnOneSpot() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> FaceAlignment.align(RandomImages.of(256, 256, 1), TemplateFace.landmarks(0, 0, 128, 128)))
                .withMessage("the landmarks lie on one spot; that is not a face")
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.FACE_NOT_FOUND);
    }

    @Test
    void picksTheCoefficientsThatAreUsed() {
        float[] regressed = new float[2 * 257];
        IntStream.range(0, regressed.length).forEach(i -> regressed[i] = i);
        AlignedFace face = new AlignedFace(FloatTensor.of(new float[3], 1, 3, 1, 1), -1, -2, -3);

        float[] row = CoefficientRow.of(FloatTensor.of(regressed, 2, 257), 1, face);

        assertThat(row).hasSize(73);
        assertThat(row[0]).isEqualTo(257 + 80);
        assertThat(row[63]).isEqualTo(257 + 143);
        assertThat(row).endsWith(257 + 224, 257 + 225, 257 + 226, 257 + 254, 257 + 255, 257 + 256, -1, -2, -3);
    }
}
