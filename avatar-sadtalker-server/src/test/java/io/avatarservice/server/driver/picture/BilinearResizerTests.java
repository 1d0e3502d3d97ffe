package io.avatarservice.server.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BilinearResizerTests {

    @ParameterizedTest(name = "{0}x{1} to {2}x{3}, {4} channels")
    @CsvSource({
        "256, 256, 256, 239, 3",
        "512, 512, 512, 489, 3",
        "256, 256, 128, 128, 3",
        "255, 257, 256, 256, 3",
        "300, 200, 256, 256, 3",
        "601, 603, 256, 256, 3",
        "97, 211, 512, 512, 3",
        "64, 48, 65, 47, 1",
        "31, 33, 62, 66, 4",
        "1, 1, 5, 7, 3",
        "2, 1, 1, 9, 3",
        "1, 50, 20, 20, 3",
        "1000, 3, 7, 2, 3",
        "256, 239, 301, 280, 3",
    })
    void givesTheBytesOfOpenCv(int width, int height, int newWidth, int newHeight, int channels) {
        Size from = new Size(width, height);
        Size to = new Size(newWidth, newHeight);
        byte[] source = RandomBytes.of(width * height * channels, 1);

        assertThat(resized(source, from, to, channels)).isEqualTo(openCv(source, from, to, channels));
    }

    static Stream<int[]> randomSizes() {
        Random random = new Random(3);
        return IntStream.range(0, 60)
                .mapToObj(i -> IntStream.range(0, 4)
                        .map(side -> 1 + random.nextInt(300))
                        .toArray());
    }

    @ParameterizedTest
    @MethodSource("randomSizes")
    void givesTheBytesOfOpenCvAtAnySize(int[] sides) {
        Size from = new Size(sides[0], sides[1]);
        Size to = new Size(sides[2], sides[3]);
        byte[] source = RandomBytes.of(from.width() * from.height() * 3, 2);

        assertThat(resized(source, from, to, 3)).isEqualTo(openCv(source, from, to, 3));
    }

    @Test
    void copiesAPictureOfTheSameSize() {
        Size size = new Size(20, 10);
        byte[] source = RandomBytes.of(600, 4);

        assertThat(resized(source, size, size, 3)).isEqualTo(source);
    }

    @Test
    void refusesAPictureOfAnotherSize() {
        BilinearResizer resizer = new BilinearResizer(new Size(2, 2), new Size(3, 3), 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> resizer.resize(new byte[11], new byte[27]))
                .withMessage("the source must have 12 bytes, not 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resizer.resize(new byte[12], new byte[28]))
                .withMessage("the target must have 27 bytes, not 28");
    }

    private static byte[] resized(byte[] source, Size from, Size to, int channels) {
        byte[] target = new byte[to.width() * to.height() * channels];
        new BilinearResizer(from, to, channels).resize(source, target);
        return target;
    }

    private static byte[] openCv(byte[] source, Size from, Size to, int channels) {
        try (Mat image = new Mat(from.height(), from.width(), CV_8UC(channels), new BytePointer(source));
                Mat resized = new Mat()) {
            resize(
                    image,
                    resized,
                    new org.bytedeco.opencv.opencv_core.Size(to.width(), to.height()),
                    0,
                    0,
                    INTER_LINEAR);
            byte[] target = new byte[to.width() * to.height() * channels];
            resized.data().get(target);
            return target;
        }
    }
}
