package io.avatarservice.server.driver.liveportrait.driving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.media.FfmpegPrograms;
import io.avatarservice.server.media.FrameRate;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class DrivingVideoTests {

    private static final DrivingFraming CROPPED = new DrivingFraming(true, 2.2, -0.1);
    private static final DrivingFraming WHOLE = new DrivingFraming(false, 2.2, -0.1);
    private static final DrivingLimits LIMITS =
            new DrivingLimits(DataSize.ofMegabytes(1), Duration.ofSeconds(5), 20_000);
    private static final DrivingListener NOBODY = (done, total) -> {};

    private final ColorTracker tracker = new ColorTracker();

    @TempDir
    Path directory;

    @Test
    void hasAFrameForEachPicture() {
        DrivingVideo video = look(colors("30000/1001", 96, 64, "red:1.001"));

        assertThat(video.frameRate()).isEqualTo(new FrameRate(30_000, 1001));
        assertThat(video.frames()).isEqualTo(30);
        assertThat(crops(video)).hasSize(30).allSatisfy(crop -> assertThat(crop).hasSize(256 * 256 * 3));
        assertThat(tracker.calls)
                .startsWith("search 96x64", "follow 96x64")
                .filteredOn(call -> call.startsWith("search"))
                .hasSize(1);
    }

    @Test
    void theFirstFaceStandsForThePicturesBeforeIt() {
        DrivingVideo video = look(colors("25", 96, 64, "black:0.4", "red:0.2", "magenta:0.2"));

        assertThat(video.frames()).isEqualTo(20);
        assertThat(IntStream.range(0, 10).mapToObj(video::ratios)).allMatch(video.ratios(10)::equals);
        assertThat(video.ratios(15).lips()).isGreaterThan(video.ratios(10).lips());
        List<byte[]> crops = crops(video);
        assertThat(crops.subList(0, 10)).allMatch(crop -> Arrays.equals(crop, crops.get(10)));
        assertThat(middle(crops.get(0), 0)).isGreaterThan(200);
    }

    @Test
    void theLastFaceStandsForThePicturesWhereItIsLost() {
        DrivingVideo video = look(colors("25", 96, 64, "red:0.2", "black:0.2", "magenta:0.2"));

        assertThat(video.frames()).isEqualTo(15);
        assertThat(IntStream.range(5, 10).mapToObj(video::ratios)).allMatch(video.ratios(4)::equals);
        assertThat(video.ratios(10).lips()).isGreaterThan(video.ratios(4).lips());
        List<byte[]> crops = crops(video);
        assertThat(crops.subList(5, 10)).allMatch(crop -> Arrays.equals(crop, crops.get(4)));
        assertThat(middle(crops.get(9), 2)).isLessThan(50);
        assertThat(middle(crops.get(10), 2)).isGreaterThan(200);
        assertThat(tracker.calls.subList(5, 12))
                .as("lost with the first black picture, then searched for until it is there again")
                .containsExactly(
                        "follow 96x64",
                        "search 96x64",
                        "search 96x64",
                        "search 96x64",
                        "search 96x64",
                        "search 96x64",
                        "search 96x64");
    }

    @Test
    void keepsToTheTimesOfAVariableRate() {
        Path file = FfmpegPrograms.make(
                directory.resolve("variable.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=c=red:size=96x64:rate=10:duration=1[a];color=c=magenta:size=96x64:rate=30:duration=1[b];[a][b]concat",
                "-fps_mode",
                "vfr",
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p");

        DrivingVideo video = look(file);

        double seconds = video.frameRate().seconds(video.frames());
        assertThat(seconds).isCloseTo(2, within(0.06));
        int change = IntStream.range(0, video.frames())
                .filter(i -> !video.ratios(i).equals(video.ratios(0)))
                .findFirst()
                .orElseThrow();
        assertThat(video.frameRate().seconds(change)).isCloseTo(1, within(0.06));
    }

    @ParameterizedTest
    @CsvSource({"60, 30, 60/1", "120, 30, 60/1", "50, 25, 50/1"})
    void keepsUpToSixtyFramesASecond(int rate, int frames, String expected) {
        DrivingVideo video = look(colors("" + rate, 96, 64, "red:0.5"));

        assertThat(video.frameRate()).hasToString(expected);
        assertThat(video.frames()).isEqualTo(frames);
        assertThat(crops(video)).hasSize(frames);
    }

    @Test
    void aSinglePictureIsEnough() {
        DrivingVideo video = look(colors("25", 96, 64, "red:0.04"));

        assertThat(video.frames()).isEqualTo(1);
        assertThat(crops(video)).hasSize(1);
    }

    @Test
    void turnsWhatACameraTookSideways() {
        Path upright = colors("25", 96, 64, "red:0.2");
        Path sideways = FfmpegPrograms.make(
                directory.resolve("sideways.mp4"), "-display_rotation", "90", "-i", upright.toString(), "-c", "copy");

        look(sideways);

        assertThat(tracker.calls).startsWith("search 64x96");
    }

    @Test
    void showsTheWholeOfASquareVideoUnlessItIsToBeCropped() {
        Path square = FfmpegPrograms.make(
                directory.resolve("square.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=c=red:size=128x100:rate=25:duration=0.2,pad=128:128:0:28:black",
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p");

        byte[] whole =
                crops(DrivingVideo.look(square, WHOLE, LIMITS, tracker, NOBODY)).get(0);
        byte[] face = crops(DrivingVideo.look(square, CROPPED, LIMITS, tracker, NOBODY))
                .get(0);

        assertThat(whole[(40 * 256 + 128) * 3] & 0xFF).as("above the red part").isLessThan(60);
        assertThat(whole[(70 * 256 + 128) * 3] & 0xFF).as("in the red part").isGreaterThan(200);
        assertThat(face).isNotEqualTo(whole);
    }

    @Test
    void aLargerScaleShowsMoreOfTheSurroundings() {
        Path wide = colors("25", 96, 64, "red:0.2");

        byte[] near = crops(DrivingVideo.look(wide, new DrivingFraming(true, 1, 0), LIMITS, tracker, NOBODY))
                .get(0);
        byte[] far = crops(DrivingVideo.look(wide, new DrivingFraming(true, 5, 0), LIMITS, tracker, NOBODY))
                .get(0);

        assertThat(red(far)).isLessThan(red(near) / 2);
    }

    @Test
    void tellsHowFarTheLookIs() {
        List<String> told = new ArrayList<>();

        DrivingVideo.look(
                colors("25", 96, 64, "red:0.12"),
                CROPPED,
                LIMITS,
                tracker,
                (done, total) -> told.add(done + "/" + total));

        assertThat(told).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void stopsWhenTheListenerThrows() {
        IllegalStateException stop = new IllegalStateException("stop");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        DrivingVideo.look(colors("25", 96, 64, "red:0.4"), CROPPED, LIMITS, tracker, (done, total) -> {
                            throw stop;
                        }))
                .isSameAs(stop);
        assertThat(tracker.calls).hasSize(1);
    }

    @Test
    void refusesAVideoWithoutAFace() {
        Path file = colors("25", 96, 64, "black:0.4");

        assertRefused(
                file, ProblemCode.FACE_NOT_FOUND, "no face found in the driving video; 10 pictures were searched");
    }

    @Test
    void refusesWhatIsLongerThanTheLimitBeforeItIsLookedAt() {
        Path file = colors("25", 96, 64, "red:5.2");

        assertRefused(file, ProblemCode.PAYLOAD_TOO_LARGE, "the driving video is longer than the limit of 5 seconds");
        assertThat(tracker.calls).isEmpty();
    }

    @Test
    void refusesPicturesAboveTheLimit() {
        Path file = colors("25", 320, 240, "red:0.2");

        assertRefused(
                file,
                ProblemCode.PAYLOAD_TOO_LARGE,
                "the driving video has pictures of 320 x 240 = 76,800 pixels, the limit is 20,000");
    }

    @Test
    void refusesFilesAboveTheLimit() throws IOException {
        Path file = Files.write(directory.resolve("large.mp4"), new byte[(1 << 20) + 1]);

        assertRefused(
                file, ProblemCode.PAYLOAD_TOO_LARGE, "the driving video has 1,048,577 bytes, the limit is 1,048,576");
    }

    @Test
    void refusesSoundWithoutPictures() {
        Path file = FfmpegPrograms.tone(directory.resolve("sound.mp4"), 1, 44100);

        assertRefused(file, ProblemCode.UNSUPPORTED_MEDIA, "the driving video has no video stream");
    }

    @Test
    void refusesFilesThatAreNoVideo() throws IOException {
        Path image = FfmpegPrograms.make(
                directory.resolve("image.png"), "-f", "lavfi", "-i", "color=c=red:size=96x64", "-frames:v", "1");
        Path sound = FfmpegPrograms.tone(directory.resolve("sound.wav"), 1, 16000);
        Path text = Files.writeString(directory.resolve("text.mp4"), "no video at all");
        String message = "the driving video is damaged or not in a supported format (MP4, MOV, WebM, Matroska, AVI)";

        assertRefused(image, ProblemCode.UNSUPPORTED_MEDIA, message);
        assertRefused(sound, ProblemCode.UNSUPPORTED_MEDIA, message);
        assertRefused(text, ProblemCode.UNSUPPORTED_MEDIA, message);
        assertRefused(
                Files.createFile(directory.resolve("empty")),
                ProblemCode.UNSUPPORTED_MEDIA,
                "the driving video is empty");
    }

    @Test
    void refusesAVideoWhoseEndIsMissing() throws IOException {
        Path whole = FfmpegPrograms.make(
                directory.resolve("whole.mp4"),
                "-i",
                colors("25", 96, 64, "red:1").toString(),
                "-c",
                "copy",
                "-movflags",
                "faststart");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length - 100));

        assertRefused(cut, ProblemCode.UNSUPPORTED_MEDIA, "the driving video is cut off: its end is missing");
    }

    @Test
    void refusesAVideoWithoutItsIndex() throws IOException {
        byte[] bytes = Files.readAllBytes(colors("25", 96, 64, "red:1"));
        int index = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("moov");
        Path cut = Files.write(directory.resolve("cut.mp4"), Arrays.copyOf(bytes, index - 4));

        assertRefused(
                cut,
                ProblemCode.UNSUPPORTED_MEDIA,
                "the driving video is damaged or not in a supported format (MP4, MOV, WebM, Matroska, AVI)");
    }

    private void assertRefused(Path file, ProblemCode code, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> look(file))
                .withMessage(message)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.field()).isEqualTo("driving_video");
                });
    }

    private DrivingVideo look(Path file) {
        return DrivingVideo.look(file, CROPPED, LIMITS, tracker, NOBODY);
    }

    /** How many pixels of a crop are red; what lies outside the picture is black. */
    private static int red(byte[] crop) {
        int red = 0;
        for (int i = 0; i < crop.length; i += 3) {
            red += (crop[i] & 0xFF) > 128 ? 1 : 0;
        }
        return red;
    }

    private static List<byte[]> crops(DrivingVideo video) {
        List<byte[]> crops = new ArrayList<>();
        try (DrivingFrames frames = video.open()) {
            for (byte[] crop = frames.next(); crop != null; crop = frames.next()) {
                crops.add(crop);
            }
            assertThat(frames.next()).isNull();
        }
        return crops;
    }

    private static int middle(byte[] crop, int channel) {
        return crop[(128 * 256 + 128) * 3 + channel] & 0xFF;
    }

    /** A video of colors, each with its seconds: {@code red:0.4}. */
    private Path colors(String rate, int width, int height, String... parts) {
        String sources = IntStream.range(0, parts.length)
                .mapToObj(i -> "color=c=%s:size=%dx%d:rate=%s:duration=%s[v%d]"
                        .formatted(parts[i].split(":")[0], width, height, rate, parts[i].split(":")[1], i))
                .collect(Collectors.joining(";"));
        String joined = IntStream.range(0, parts.length)
                .mapToObj("[v%d]"::formatted)
                .collect(Collectors.joining("", ";", "concat=n=" + parts.length));
        return FfmpegPrograms.make(
                directory.resolve("colors.mp4"),
                "-f",
                "lavfi",
                "-i",
                sources + joined,
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p");
    }
}
