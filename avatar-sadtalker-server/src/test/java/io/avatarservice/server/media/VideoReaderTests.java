package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    @Test
    void tellsWhenEachPictureIsShown() {
        try (VideoReader reader = new VideoReader(video("red"))) {
            reader.advance();
            assertThat(reader.seconds()).isEqualTo(0);
            reader.advance();
            assertThat(reader.seconds()).isCloseTo(0.04, within(1e-6));
        }
    }

    @Test
    void readsWebmToo() {
        Path webm = FfmpegPrograms.make(
                directory.resolve("video.webm"),
                "-f",
                "lavfi",
                "-i",
                "color=c=red:size=64x48:rate=30:duration=0.5",
                "-c:v",
                "libvpx-vp9");

        try (VideoReader reader = new VideoReader(webm)) {
            assertThat(reader.advance()).isTrue();
            assertThat(reader.picture().bgr()[2] & 0xff).isGreaterThan(200);
        }
    }

    @Test
    void turnsPicturesThatACameraTookSideways() {
        Path upright = FfmpegPrograms.make(
                directory.resolve("upright.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=c=red:size=64x24:rate=25:duration=0.2[a];color=c=blue:size=64x24:rate=25:duration=0.2[b];[a][b]vstack",
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p");
        Path sideways = FfmpegPrograms.make(
                directory.resolve("sideways.mp4"), "-display_rotation", "90", "-i", upright.toString(), "-c", "copy");

        try (VideoReader reader = new VideoReader(sideways)) {
            reader.advance();
            Picture picture = reader.picture();

            // turned counterclockwise: what was above is left
            assertThat(picture.width()).isEqualTo(48);
            assertThat(picture.height()).isEqualTo(64);
            assertThat(picture.bgr()[2] & 0xff).as("red, top left").isGreaterThan(200);
            assertThat(picture.bgr()[47 * 3] & 0xff).as("blue, top right").isGreaterThan(200);
        }
    }

    @Test
    void givesPicturesAsRedGreenBlueToo() {
        try (VideoReader reader = new VideoReader(video("0x2040c0"))) {
            reader.advance();

            byte[] rgb = reader.rgb();

            assertThat(rgb).hasSize(64 * 48 * 3);
            assertThat(rgb[0] & 0xff).isCloseTo(0x20, within(24));
            assertThat(rgb[2] & 0xff).isCloseTo(0xc0, within(24));
        }
    }

    @Test
    void tellsRateAndLengthOfTheHeader() {
        try (VideoReader reader = new VideoReader(video("red"))) {
            assertThat(reader.frameRate()).contains(FrameRate.of(25));
            assertThat(reader.statedSeconds()).hasValue(1);
        }
    }

    @Test
    void refusesPicturesThatAreTooLarge() {
        Path video = video("red");

        assertThatExceptionOfType(TooManyPixelsException.class)
                .isThrownBy(() -> new VideoReader(video, 64 * 48 - 1))
                .satisfies(e -> assertThat(e.width()).isEqualTo(64));
    }

    @Test
    void theCoverOfASongIsNoVideo() {
        Path cover = FfmpegPrograms.make(
                directory.resolve("cover.png"), "-f", "lavfi", "-i", "color=size=64x48", "-frames:v", "1");
        Path song = FfmpegPrograms.tone(
                directory.resolve("song.m4a"),
                1,
                44100,
                "-i",
                cover.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-c:v",
                "copy",
                "-disposition:v",
                "attached_pic");

        assertThatExceptionOfType(NoVideoStreamException.class).isThrownBy(() -> new VideoReader(song));
    }

    @Test
    void seesThatTheEndIsMissing() throws IOException {
        Path whole = FfmpegPrograms.make(
                directory.resolve("whole.mp4"),
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=64x48:rate=25:duration=2",
                "-c:v",
                "libopenh264",
                "-movflags",
                "faststart");
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(directory.resolve("half.mp4"), Arrays.copyOf(bytes, bytes.length / 2));

        try (VideoReader complete = new VideoReader(whole);
                VideoReader cut = new VideoReader(half)) {
            assertThat(complete.isCutOff()).isFalse();
            assertThat(cut.isCutOff()).isTrue();
        }
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
