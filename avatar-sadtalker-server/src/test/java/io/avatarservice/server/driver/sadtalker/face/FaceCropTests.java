package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Goldens: the reference's {@code croper.py}. */
class FaceCropTests {

    @Test
    void cutsATurnedFace() {
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(210, 7, 640, 420), new Size(1280, 960));

        assertThat(crop.resized()).isEqualTo(new Size(1280, 960));
        assertThat(crop.crop()).isEqualTo(new Box(297, 23, 995, 721));
        assertThat(crop.left()).isCloseTo(53.677923, within(1e-6));
        assertThat(crop.top()).isCloseTo(54.474951, within(1e-6));
        assertThat(crop.right()).isCloseTo(644.570124, within(1e-6));
        assertThat(crop.bottom()).isCloseTo(645.367151, within(1e-6));
        assertThat(crop.inner()).isEqualTo(new Box(53, 54, 644, 645));
    }

    @Test
    void shrinksAPictureOfAVeryLargeFace() {
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(840, 7, 2560, 1680), new Size(5120, 3840));

        assertThat(crop.resized()).isEqualTo(new Size(2560, 1920));
        assertThat(crop.crop()).isEqualTo(new Box(594, 47, 1989, 1442));
        assertThat(crop.left()).isCloseTo(106.855847, within(1e-6));
        assertThat(crop.top()).isCloseTo(107.449902, within(1e-6));
        assertThat(crop.right()).isCloseTo(1288.640247, within(1e-6));
        assertThat(crop.bottom()).isCloseTo(1289.234302, within(1e-6));
    }

    @Test
    void limitsTheInnerBoxsBottomByTheWidthAsTheReferenceDoes() {
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(400, 0, 150, 800), new Size(300, 2000));

        assertThat(crop.right()).isEqualTo(300);
        assertThat(crop.bottom()).isEqualTo(300);
        assertThat(crop.crop().height()).isGreaterThan(300);
    }

    @Test
    void keepsTheInnerBoxInsideWhereTheFaceIsCutOff() {
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(100, 0, 580, 420), new Size(640, 480));

        assertThat((int) crop.right()).isGreaterThan(crop.crop().width());
        assertThat((int) crop.bottom()).isGreaterThan(crop.crop().height());
        assertThat(crop.region(false).right()).isEqualTo(640);
        assertThat(crop.region(false).bottom()).isEqualTo(480);
    }

    @Test
    void refusesAFaceOutsideOfThePicture() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FaceCrop.of(TemplateFace.landmarks(20, 0, 900, 900), new Size(640, 480)))
                .withMessage("the landmarks leave no part of the 640x480 picture to crop")
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.FACE_NOT_FOUND);
    }

    @Test
    void refusesLandmarksOnOneSpot() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FaceCrop.of(TemplateFace.landmarks(0, 0, 100, 100), new Size(640, 480)))
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.FACE_NOT_FOUND);
    }
}
