package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoReaderTests {

    @TempDir
    Path directory;

    @Test
    void readsEveryPictureAndThenTheEnd() {
        int pictures = 0;
        try (VideoReader reader = new VideoReader(video("red"))) {
            assertThat(reader.frameCount()).isEqualTo(25);
            while (reader.advance()) {
                pictures++;
            }
            assertThat(reader.advance()).isFalse();
        }
        assertThat(pictures).isEqualTo(25);
    }

    @Test
    void givesPicturesAsBlueGreenRed() {
        try (VideoReader reader = new VideoReader(video("0x2040c0"))) {
            assertThat(reader.advance()).isTrue();

            Picture picture = reader.picture();

            assertThat(picture.width()).isEqualTo(64);
            assertThat(picture.height()).isEqualTo(48);
            assertThat(picture.bgr()).hasSize(64 * 48 * 3);
            assertThat(picture.bgr()[0] & 0xff).isCloseTo(0xc0, within(24));
            assertThat(picture.bgr()[1] & 0xff).isCloseTo(0x40, within(24));
            assertThat(picture.bgr()[2] & 0xff).isCloseTo(0x20, within(24));
        }
    }

    @Test
    void refusesWhatIsNoVideo() throws IOException {
        Path text = Files.writeString(directory.resolve("text.mp4"), "no video at all");

        assertThatExceptionOfType(FfmpegException.class).isThrownBy(() -> new VideoReader(text));
    }

    private Path video(String color) {
        return FfmpegPrograms.make(
                directory.resolve("video.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=c=" + color + ":size=64x48:rate=25:duration=1",
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p");
    }
}
