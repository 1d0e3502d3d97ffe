package io.avatarservice.server.driver.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.media.Picture;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortraitScalerTests {

    @ParameterizedTest(name = "{0}x{1} becomes {2}x{3}")
    @CsvSource({
        "512, 512, 512, 512",
        "501, 635, 500, 634",
        "1280, 720, 1280, 720",
        "2560, 1440, 1280, 720",
        "4000, 3001, 1280, 960",
        "64, 2560, 32, 1280",
        "3, 3, 2, 2"
    })
    void keepsTheSizeUpToTheLimitAndMakesSidesEven(int width, int height, int videoWidth, int videoHeight) {
        Picture picture = new Picture(width, height, new byte[width * height * 3]);

        try (Mat scaled = PortraitScaler.scale(picture, 1280)) {
            assertThat(scaled.cols()).isEqualTo(videoWidth);
            assertThat(scaled.rows()).isEqualTo(videoHeight);
            assertThat(scaled.isContinuous()).isTrue();
        }
    }
}
