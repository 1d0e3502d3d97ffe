package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
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

        byte[] pasted = new PasteBack(portrait, SIDE, SIDE, new Affine(1, 0, 0, 0, 1, 0)).paste(frame);

        int middle = 256 * SIDE;
        assertThat(pasted[(middle + 256) * 3] & 0xFF).isEqualTo(200);
        assertThat(pasted[middle * 3] & 0xFF).isEqualTo(100);
        // 127 of 255: 149.8, cut
        assertThat(pasted[(middle + 8) * 3 + 2] & 0xFF).isEqualTo(149);
    }

    @Test
    void theCropGoesBackToWhereItWasCut() {
        byte[] portrait = new byte[300 * 200 * 3];
        byte[] frame = new byte[SIDE * SIDE * 3];
        Arrays.fill(frame, (byte) 200);
        Affine toCrop = new Affine(4, 0, -4 * 100, 0, 4, -4 * 50);

        byte[] pasted = new PasteBack(portrait, 300, 200, toCrop).paste(frame);

        assertThat(pasted[((50 + 64) * 300 + 100 + 64) * 3] & 0xFF).isEqualTo(200);
        assertThat(pasted[((50 + 64) * 300 + 99) * 3]).isZero();
        assertThat(pasted[((50 + 64) * 300 + 100 + 128) * 3]).isZero();
    }
}
