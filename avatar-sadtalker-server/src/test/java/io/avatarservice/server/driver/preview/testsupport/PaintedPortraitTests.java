package io.avatarservice.server.driver.preview.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.media.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaintedPortraitTests {

    @Test
    void paintsTheSamePictureEveryTime() {
        PortraitSpec spec = PaintedPortrait.gallery().get(0);

        Picture first = PaintedPortrait.picture(PaintedPortrait.paint(spec));
        Picture second = PaintedPortrait.picture(PaintedPortrait.paint(spec));

        assertThat(first.bgr()).isEqualTo(second.bgr());
    }

    @Test
    void everyoneInTheGalleryIsSomeoneElse() {
        List<PortraitSpec> gallery = PaintedPortrait.gallery();

        assertThat(gallery).hasSizeGreaterThanOrEqualTo(6);
        assertThat(gallery).extracting(PortraitSpec::name).doesNotHaveDuplicates();
        assertThat(gallery).extracting(PortraitSpec::face).doesNotHaveDuplicates();
        assertThat(gallery).extracting(PortraitSpec::skin).doesNotHaveDuplicates();
        assertThat(gallery).extracting(PortraitSpec::seed).doesNotHaveDuplicates();
    }

    @Test
    void aPictureHasItsBytesInTheOrderBlueGreenRed() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, new Color(10, 20, 30).getRGB());
        image.setRGB(1, 0, new Color(40, 50, 60).getRGB());

        Picture picture = PaintedPortrait.picture(image);

        assertThat(picture.bgr()).containsExactly(30, 20, 10, 60, 50, 40);
    }
}
