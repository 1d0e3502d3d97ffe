package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.FrameBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PasteBackTests {

    private static final int SIDE = PortraitCrop.SIDE;

    @Test
    void theMaskFadesOverItsEdge() {
        byte[] mask = FeatherMask.pixels();

        assertThat(IntStream.rangeClosed(0, 16).map(x -> mask[256 * SIDE + x] & 0xFF))
                .containsExactly(0, 15, 31, 47, 63, 79, 95, 111, 127, 143, 159, 175, 191, 207, 223, 239, 255);
        assertThat(IntStream.rangeClosed(5, 8).map(i -> mask[i * SIDE + i] & 0xFF))
                .containsExactly(7, 29, 52, 74);
        assertThat(mask[256 * SIDE + SIDE - 1] & 0xFF).isEqualTo(15);
        assertThat(mask[SIDE * SIDE - 1]).isZero();
    }

    @Test
    void aFrameCoversThePortraitInsideAndFadesOut() {
        byte[] portrait = new byte[SIDE * SIDE * 3];
        Arrays.fill(portrait, (byte) 100);
        byte[] frame = new byte[portrait.length];
        Arrays.fill(frame, (byte) 200);

        byte[] pasted = pasted(new PasteBack(portrait, SIDE, SIDE, new Affine(1, 0, 0, 0, 1, 0)), frame);

        int middle = 256 * SIDE;
        assertThat(pasted[(middle + 256) * 3] & 0xFF).isEqualTo(200);
        assertThat(pasted[middle * 3] & 0xFF).isEqualTo(100);
        // 127 of 255: 149.8, cut
        assertThat(pasted[(middle + 8) * 3 + 2] & 0xFF).isEqualTo(149);
    }

    /** The checksum is that of the reference's arithmetic with OpenCV 4.6 and NumPy 1.26. */
    @Test
    void givesTheBytesOfTheReference() {
        Affine toCrop = new Affine(3.6586657f, 1.0617816f, -121.951292f, -1.0617816f, 3.6586657f, 130.12778f);

        byte[] pasted = pasted(new PasteBack(picture(211, 150), 211, 150, toCrop), picture(SIDE, SIDE));

        CRC32 checksum = new CRC32();
        checksum.update(pasted);
        assertThat(checksum.getValue()).isEqualTo(2800864223L);
    }

    @Test
    void theCropGoesBackToWhereItWasCut() {
        byte[] portrait = new byte[300 * 200 * 3];
        byte[] frame = new byte[SIDE * SIDE * 3];
        Arrays.fill(frame, (byte) 200);
        Affine toCrop = new Affine(4, 0, -4 * 100, 0, 4, -4 * 50);

        byte[] pasted = pasted(new PasteBack(portrait, 300, 200, toCrop), frame);

        assertThat(pasted[((50 + 64) * 300 + 100 + 64) * 3] & 0xFF).isEqualTo(200);
        assertThat(pasted[((50 + 64) * 300 + 99) * 3]).isZero();
        assertThat(pasted[((50 + 64) * 300 + 100 + 128) * 3]).isZero();
    }

    @Test
    void aBufferThatComesAgainShowsOnlyTheNewFrame() {
        Affine toCrop = new Affine(4, 0.5, -400, -0.5, 4, -200);
        byte[] portrait = picture(300, 200);
        byte[] second = new byte[SIDE * SIDE * 3];
        PasteBack pasteBack = new PasteBack(portrait, 300, 200, toCrop);
        FrameBuffer buffer = new FrameBuffer(2, ByteBuffer.allocateDirect(portrait.length));

        pasteBack.paste(picture(SIDE, SIDE), buffer);
        pasteBack.paste(second, buffer);

        assertThat(bytes(buffer)).isEqualTo(pasted(new PasteBack(portrait, 300, 200, toCrop), second));
    }

    @Test
    void aCropOutsideOfThePictureChangesNothing() {
        byte[] portrait = picture(300, 200);

        byte[] pasted =
                pasted(new PasteBack(portrait, 300, 200, new Affine(1, 0, 900, 0, 1, 900)), picture(SIDE, SIDE));

        assertThat(pasted).isEqualTo(portrait);
    }

    private static byte[] pasted(PasteBack pasteBack, byte[] frame) {
        FrameBuffer buffer = new FrameBuffer(0, ByteBuffer.allocateDirect(pasteBack.width() * pasteBack.height() * 3));
        pasteBack.paste(frame, buffer);
        return bytes(buffer);
    }

    private static byte[] bytes(FrameBuffer buffer) {
        byte[] bytes = new byte[buffer.pixels().capacity()];
        buffer.pixels().get(0, bytes);
        return bytes;
    }

    private static byte[] picture(int width, int height) {
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            pixels[i] = (byte) (x * 7 + y * 13 + i % 3 * 29 + x * y % 31 * 5);
        }
        return pixels;
    }
}
