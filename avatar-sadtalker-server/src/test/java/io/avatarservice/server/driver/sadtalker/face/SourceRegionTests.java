package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.picture.Size;
import org.junit.jupiter.api.Test;

class SourceRegionTests {

    private static final Size PICTURE = new Size(1280, 960);
    private static final FaceCrop CROP = FaceCrop.of(TemplateFace.landmarks(210, 7, 640, 420), PICTURE);

    @Test
    void takesTheInnerOrTheWiderBox() {
        assertThat(SourceRegion.of(CROP, false).box()).isEqualTo(new Box(350, 77, 941, 668));
        assertThat(SourceRegion.of(CROP, true).box()).isEqualTo(new Box(297, 23, 995, 721));
    }

    @Test
    void framesHaveTheShapeOfTheInnerBoxInBothCrops() {
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(100, 0, 320, 420), new Size(640, 480));
        SourceRegion inner = SourceRegion.of(crop, false);

        int height = 256 * inner.box().height() / inner.box().width();
        assertThat(height).isLessThan(256);
        assertThat(inner.frameSize(256)).isEqualTo(new Size(256, height));
        assertThat(SourceRegion.of(crop, true).frameSize(256)).isEqualTo(new Size(256, height));
    }

    @Test
    void framesOfAWholePictureHaveItsShape() {
        SourceRegion region = SourceRegion.whole(new Size(1000, 933));

        assertThat(region.frameSize(256)).isEqualTo(new Size(256, 238));
        assertThat(region.frameSize(512)).isEqualTo(new Size(512, 477));
        assertThat(SourceRegion.whole(new Size(5000, 3)).frameSize(256)).isEqualTo(new Size(256, 1));
    }

    @Test
    void cutsAndResizes() {
        RgbImage image = RandomImages.of(1280, 960, 1);

        RgbImage square = SourceRegion.of(CROP, false).square(image, 256);

        assertThat(square.rgb())
                .isEqualTo(image.crop(new Box(350, 77, 941, 668))
                        .resize(new Size(256, 256))
                        .rgb());
    }

    @Test
    void takesPointsToTheSquare() {
        Landmarks landmarks = TemplateFace.landmarks(210, 7, 640, 420);

        Landmarks inSquare = SourceRegion.of(CROP, false).toSquare(landmarks, 256);

        assertThat(inSquare.x(30)).isCloseTo((landmarks.x(30) - 350) * 256 / 591, within(1e-3f));
        assertThat(inSquare.y(30)).isCloseTo((landmarks.y(30) - 77) * 256 / 591, within(1e-3f));
    }

    @Test
    void takesPointsThroughAShrunkPicture() {
        Landmarks landmarks = TemplateFace.landmarks(840, 7, 2560, 1680);
        FaceCrop crop = FaceCrop.of(landmarks, new Size(5120, 3840));
        SourceRegion region = SourceRegion.of(crop, true);

        Landmarks inSquare = region.toSquare(landmarks, 512);

        assertThat(inSquare.x(8)).isCloseTo((landmarks.x(8) / 2 - 594) * 512 / 1395, within(1e-3f));
        assertThat(inSquare.y(8)).isCloseTo((landmarks.y(8) / 2 - 47) * 512 / 1395, within(1e-3f));
    }

    @Test
    void pastesWhereItCut() {
        assertThat(SourceRegion.of(CROP, false).pasteBox()).isEqualTo(new Box(350, 77, 941, 668));
        assertThat(SourceRegion.of(CROP, true).pasteBox()).isEqualTo(new Box(297, 23, 995, 721));
    }

    @Test
    void pastesIntoTheFullSizePictureWhereItWasShrunk() {
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(840, 7, 2560, 1680), new Size(5120, 3840));

        assertThat(SourceRegion.of(crop, true).pasteBox()).isEqualTo(new Box(1188, 94, 3978, 2884));
    }

    @Test
    void neverPastesOutsideOfThePicture() {
        Size picture = new Size(640, 480);
        FaceCrop crop = FaceCrop.of(TemplateFace.landmarks(100, 0, 580, 420), picture);

        Box box = SourceRegion.of(crop, false).pasteBox();

        assertThat(box).isEqualTo(box.within(picture));
        assertThat(box.right()).isEqualTo(640);
        assertThat(box.bottom()).isEqualTo(480);
    }
}
