package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class RgbImageTests {

    private static final RgbImage IMAGE = new RgbImage(2, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1});

    @Test
    void cutsAPart() {
        assertThat(IMAGE.crop(new Box(1, 0, 2, 2)).rgb()).containsExactly(4, 5, 6, 10, 11, -1);
    }

    @Test
    void refusesAPartOutside() {
        assertThatIllegalArgumentException().isThrownBy(() -> IMAGE.crop(new Box(1, 0, 3, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> IMAGE.crop(new Box(1, 1, 1, 2)));
    }

    @Test
    void becomesATensorInEitherOrder() {
        FloatTensor rgb = IMAGE.toTensor(ChannelOrder.RGB, PixelScale.BYTE);

        assertThat(rgb.shape()).containsExactly(1L, 3L, 2L, 2L);
        assertThat(rgb.values()).containsExactly(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 255);
        assertThat(IMAGE.toTensor(ChannelOrder.BGR, PixelScale.BYTE).values())
                .containsExactly(3, 6, 9, 255, 2, 5, 8, 11, 1, 4, 7, 10);
    }

    @Test
    void scalesAsEachNetworksReferenceDoes() {
        assertThat(PixelScale.DIVIDED.table()[255]).isEqualTo(1);
        assertThat(PixelScale.MULTIPLIED.table()[255]).isEqualTo(1);
        // numpy: np.float32(3) / np.float32(255), np.float32(3 / 255), np.float32(3) * np.float32(1 / 255)
        assertThat(PixelScale.DIVIDED.table()[3]).isEqualTo(0.011764706f);
        assertThat(PixelScale.DIVIDED_IN_DOUBLE.table()[3]).isEqualTo(0.011764706f);
        assertThat(PixelScale.MULTIPLIED.table()[3]).isEqualTo(0.011764707f);
    }

    @Test
    void swapsTheColorsOfPictures() {
        Picture picture = Pictures.toBgr(IMAGE);

        assertThat(picture.bgr()).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, -1, 11, 10);
        assertThat(Pictures.toRgb(picture).rgb()).isEqualTo(IMAGE.rgb());
    }

    @Test
    void padsToEvenSidesByRepeatingTheLastPixels() {
        byte[] padded = new byte[4 * 2];

        EvenPadding.pad(new byte[] {1, 2, 3}, new Size(3, 1), 1, padded);

        assertThat(padded).containsExactly(1, 2, 3, 3, 1, 2, 3, 3);
    }

    @Test
    void leavesEvenFramesAsTheyAre() {
        byte[] padded = new byte[IMAGE.rgb().length];

        EvenPadding.pad(IMAGE.rgb(), IMAGE.size(), 3, padded);

        assertThat(padded).isEqualTo(IMAGE.rgb());
    }

    @Test
    void padsOnlyIntoAFrameThatFits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvenPadding.pad(new byte[3], new Size(3, 1), 1, new byte[6]))
                .withMessage("3 bytes for 3x1 cannot become 6 bytes for 4x2");
    }
}
