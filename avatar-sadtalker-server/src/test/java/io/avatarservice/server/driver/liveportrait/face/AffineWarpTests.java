package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineWarpTests {

    private static final int WIDTH = 211;
    private static final int HEIGHT = 150;

    /** The checksums are those of OpenCV 4.6's warpAffine. */
    @ParameterizedTest
    @CsvSource({
        "0.36586657, 0.60617816, -21.951292, -0.60617816, 0.36586657, 130.12778,  97,  83, 242690119",
        "1.7, -0.4, -60.25, 0.3, 1.9, -33.5, 120, 140, 164447692",
        "1, 0, 0, 0, 1, 0, 220, 160, 361937959",
        "0.5, 0, 0, 0, 0.5, 0, 110, 80, 132645407"
    })
    void givesTheBytesOfOpenCv(
            float a, float b, float c, float d, float e, float f, int width, int height, long expected) {
        byte[] moved = new AffineWarp(new Affine(a, b, c, d, e, f), width, height, 3).apply(picture(), WIDTH, HEIGHT);

        CRC32 checksum = new CRC32();
        checksum.update(moved);
        assertThat(checksum.getValue()).isEqualTo(expected);
    }

    @Test
    void aMapOntoALineShowsOnePixel() {
        byte[] moved = new AffineWarp(new Affine(1, 1, 0, 1, 1, 0), 2, 1, 1).apply(new byte[] {7, 9}, 2, 1);

        assertThat(moved).containsExactly(7, 7);
    }

    @Test
    void refusesAPictureOfAnotherSize() {
        AffineWarp warp = new AffineWarp(new Affine(1, 0, 0, 0, 1, 0), 2, 2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> warp.apply(new byte[11], 2, 2))
                .withMessage("expected 2x2x3 bytes, got 11");
    }

    private static byte[] picture() {
        byte[] pixels = new byte[HEIGHT * WIDTH * 3];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % 3;
            int x = i / 3 % WIDTH;
            int y = i / 3 / WIDTH;
            pixels[i] = (byte) (x * 7 + y * 13 + channel * 29 + x * y % 31 * 5);
        }
        return pixels;
    }
}
