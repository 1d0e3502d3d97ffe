package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.picture.RandomBytes;
import io.avatarservice.server.media.Picture;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortraitPictureTests {

    @ParameterizedTest
    @CsvSource({
        "640, 480, 640, 480, 640, 480",
        "641, 481, 640, 480, 640, 480",
        "2560, 1440, 1280, 720, 2560, 1440",
        "1000, 2001, 638, 1280, 1000, 2000",
        "1283, 1283, 1280, 1280, 1282, 1282",
        "5000, 2500, 1280, 640, 4096, 2048",
        "4000, 4000, 1280, 1280, 3034, 3034",
    })
    void isReducedToLookAtAndKeptToPasteInto(
            int width, int height, int seenWidth, int seenHeight, int pastedWidth, int pastedHeight) {
        PortraitPicture picture = PortraitPicture.of(new Picture(width, height, new byte[width * height * 3]));
        PasteBack pasteBack = picture.pasteBack(new PortraitCrop(new byte[0], new Affine(1, 0, 0, 0, 1, 0)));

        assertThat(picture.width()).isEqualTo(seenWidth);
        assertThat(picture.height()).isEqualTo(seenHeight);
        assertThat(pasteBack.width()).isEqualTo(pastedWidth);
        assertThat(pasteBack.height()).isEqualTo(pastedHeight);
    }

    @Test
    void showsRedFirst() {
        PortraitPicture picture =
                PortraitPicture.of(new Picture(2, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));

        assertThat(picture.rgb()).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
    }

    @Test
    void aSmallPortraitIsPastedWithTheReferencesOwnMap() {
        byte[] bgr = RandomBytes.of(301 * 200 * 3, 1);
        byte[] frame = RandomBytes.of(512 * 512 * 3, 2);
        Affine toCrop = new Affine(3.1f, 0.4f, -120.5f, -0.4f, 3.1f, 30.25f);
        byte[] even = new byte[300 * 200 * 3];
        for (int y = 0; y < 200; y++) {
            System.arraycopy(bgr, y * 301 * 3, even, y * 300 * 3, 300 * 3);
        }

        PasteBack pasteBack =
                PortraitPicture.of(new Picture(301, 200, bgr)).pasteBack(new PortraitCrop(new byte[0], toCrop));

        assertThat(pasted(pasteBack, frame)).isEqualTo(pasted(new PasteBack(even, 300, 200, toCrop), frame));
    }

    /** What is cut out of the reduced portrait lands, pasted back, where it was in the large one. */
    @Test
    void theCropOfALargePortraitGoesBackToItsPlace() {
        int width = 2560;
        int height = 1920;
        byte[] bgr = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                bgr[(y * width + x) * 3] = (byte) (x / 12);
                bgr[(y * width + x) * 3 + 1] = (byte) (y / 12);
            }
        }
        PortraitPicture picture = PortraitPicture.of(new Picture(width, height, bgr));
        PortraitCrop crop = picture.crop(FacePoints.of(SyntheticFace.landmarks()));
        byte[] frame = new byte[crop.pixels().length];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = crop.pixels()[i - i % 3 + 2 - i % 3];
        }

        byte[] pasted = pasted(picture.pasteBack(crop), frame);

        int middle = (520 * width + 740) * 3;
        assertThat(pasted[middle] & 0xFF).isCloseTo(740 / 12, within(1));
        assertThat(pasted[middle + 1] & 0xFF).isCloseTo(520 / 12, within(1));
    }

    private static byte[] pasted(PasteBack pasteBack, byte[] frame) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(pasteBack.width() * pasteBack.height() * 3);
        pasteBack.paste(frame, new FrameBuffer(0, pixels));
        byte[] bytes = new byte[pixels.capacity()];
        pixels.get(0, bytes);
        return bytes;
    }
}
