package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.picture.Size;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goldens: {@code Image.resize((w, h), BICUBIC).crop(box)} of Pillow 9.4. */
class PillowBicubicTests {

    @Test
    void enlargesAndReducesAsPillowDoes() {
        RgbImage resized = PillowBicubic.resize(RandomImages.of(4, 3, 1), new Size(7, 2), new Box(0, 0, 7, 2));

        assertThat(values(resized))
                .containsExactly(
                        177, 92, 161, 155, 67, 192, 119, 40, 234, 136, 149, 154, 167, 247, 78, 192, 171, 135, 204, 119,
                        175, 107, 70, 172, 109, 82, 164, 108, 107, 153, 75, 131, 172, 49, 129, 179, 76, 49, 125, 94, 1,
                        92);
    }

    @Test
    void fillsWhatLiesOutsideWithBlack() {
        RgbImage resized = PillowBicubic.resize(RandomImages.of(5, 4, 2), new Size(3, 6), new Box(-1, 1, 3, 4));

        assertThat(values(resized))
                .containsExactly(
                        0, 0, 0, 199, 142, 158, 123, 154, 121, 91, 118, 98, 0, 0, 0, 242, 167, 74, 209, 78, 173, 40,
                        171, 147, 0, 0, 0, 114, 155, 149, 125, 103, 208, 47, 164, 150);
    }

    @ParameterizedTest(name = "{0}x{1} to {3}x{4}")
    @CsvSource({
        "64, 48, 3, 100, 31, 0, 0, 100, 31, 1e756877",
        "256, 256, 4, 373, 373, 74, 64, 298, 288, 99e50df2",
        "512, 512, 5, 130, 137, -47, -40, 177, 184, bdf62a5c",
        "33, 70, 6, 33, 29, 0, 0, 33, 29, 8aefe702",
        "33, 70, 7, 90, 70, 10, 5, 100, 75, c87e8adb",
        "256, 256, 8, 256, 256, 16, 16, 240, 240, ee9386d",
    })
    void givesTheBytesOfPillow(
            int width,
            int height,
            int seed,
            int newWidth,
            int newHeight,
            int left,
            int top,
            int right,
            int bottom,
            String checksum) {
        RgbImage resized = PillowBicubic.resize(
                RandomImages.of(width, height, seed), new Size(newWidth, newHeight), new Box(left, top, right, bottom));

        CRC32 crc = new CRC32();
        crc.update(resized.rgb());
        assertThat(crc.getValue()).isEqualTo(Long.parseLong(checksum, 16));
    }

    @Test
    void isBlackWhereTheBoxMissesThePicture() {
        RgbImage resized = PillowBicubic.resize(RandomImages.of(8, 8, 1), new Size(16, 16), new Box(20, 20, 24, 24));

        assertThat(values(resized)).containsOnly(0).hasSize(48);
    }

    private static int[] values(RgbImage image) {
        return IntStream.range(0, image.rgb().length)
                .map(i -> image.rgb()[i] & 0xFF)
                .toArray();
    }
}
