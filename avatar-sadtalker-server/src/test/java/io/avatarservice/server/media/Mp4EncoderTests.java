package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mp4EncoderTests {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;

    private final AudioReader audio = new AudioReader(TestMediaProperties.defaults());

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "8000, 1, 3.21, 8000",
        "11025, 1, 1, 11025",
        "16000, 1, 11.52, 16000",
        "22050, 2, 2.5, 22050",
        "44100, 2, 4.017, 44100",
        "48000, 1, 0.1, 48000",
        "8000, 1, 0.1, 8000",
        "192000, 2, 1, 96000",
        "6000, 1, 1, 7350",
    })
    void keepsLengthRateAndChannelsOfTheSound(int rate, int channels, double seconds, int encodedRate)
            throws IOException {
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), seconds, rate, "-ac", "" + channels);

        Path video = encode(tone, gray());

        int frames = frames(seconds);
        assertThat(FfmpegPrograms.probe(video, "v", "stream=nb_read_packets")).isEqualTo("" + frames);
        assertThat(FfmpegPrograms.probe(video, "v", "stream=r_frame_rate")).isEqualTo("25/1");
        assertThat(FfmpegPrograms.probe(video, "a", "stream=sample_rate")).isEqualTo("" + encodedRate);
        assertThat(FfmpegPrograms.probe(video, "a", "stream=channels")).isEqualTo("" + channels);
        double audioSeconds = Double.parseDouble(FfmpegPrograms.probe(video, "a", "stream=duration"));
        double videoSeconds = Double.parseDouble(FfmpegPrograms.probe(video, "v", "stream=duration"));
        assertThat(videoSeconds).isCloseTo(frames / 25.0, within(0.0001));
        assertThat(audioSeconds).isCloseTo(videoSeconds, within(0.04));
        assertThat(FfmpegPrograms.probe(video, "a", "stream=start_time")).isEqualTo("0.000000");
        assertThat(FfmpegPrograms.probe(video, "v", "stream=start_time")).isEqualTo("0.000000");
    }

    @Test
    void putsTheIndexBeforeTheMedia() throws IOException {
        Path video = encode(tone(), gray());

        String bytes = Files.readString(video, StandardCharsets.ISO_8859_1);

        assertThat(bytes.indexOf("moov")).isPositive().isLessThan(bytes.indexOf("mdat"));
    }

    @Test
    void writesTaggedLimitedRangeH264AndAac() throws IOException {
        Path video = encode(tone(), gray());

        assertThat(FfmpegPrograms.probe(
                        video, "v", "stream=codec_name,profile,pix_fmt,color_range,color_space,color_transfer"))
                .hasLineCount(6)
                .contains("h264", "High", "yuv420p", "tv", "bt709");
        assertThat(FfmpegPrograms.probe(video, "a", "stream=codec_name")).isEqualTo("aac");
    }

    @ParameterizedTest
    @CsvSource({"200, 40, 30", "20, 180, 60", "10, 30, 220", "255, 255, 255", "0, 0, 0", "128, 128, 128"})
    void keepsColors(int blue, int green, int red) throws IOException {
        Path video = encode(tone(), filled(blue, green, red));

        Path raw = FfmpegPrograms.make(
                directory.resolve("frame.raw"),
                "-i",
                video.toString(),
                "-frames:v",
                "1",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "bgr24");
        byte[] pixels = Files.readAllBytes(raw);
        int middle = (HEIGHT / 2 * WIDTH + WIDTH / 2) * 3;
        assertThat(pixels[middle] & 0xFF).isCloseTo(blue, within(6));
        assertThat(pixels[middle + 1] & 0xFF).isCloseTo(green, within(6));
        assertThat(pixels[middle + 2] & 0xFF).isCloseTo(red, within(6));
    }

    @Test
    void writesTheSameBytesForTheSameFrames() throws IOException {
        byte[] first = Files.readAllBytes(encode(tone(), gray()));

        byte[] second = Files.readAllBytes(encode(tone(), gray()));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void leavesNothingWhereItIsClosedBeforeTheEnd() throws IOException {
        AudioClip clip = audio.open(tone());
        Path output = directory.resolve("out").resolve("video.mp4");
        Files.createDirectory(output.getParent());

        try (Mp4Encoder encoder = new Mp4Encoder(output, track(), clip)) {
            encoder.encode(gray());
            assertThat(output.getParent()).isDirectoryContaining(file -> file.endsWith("video.mp4.part"));
        }

        assertThat(output.getParent()).isEmptyDirectory();
    }

    @Test
    void keepsTheOlderVideoUntilTheNewOneIsComplete() throws IOException {
        AudioClip clip = audio.open(tone());
        Path output = Files.writeString(directory.resolve("video.mp4"), "older");

        try (Mp4Encoder encoder = new Mp4Encoder(output, track(), clip)) {
            encoder.encode(gray());
            assertThat(output).hasContent("older");
            encoder.finish();
        }

        assertThat(Files.size(output)).isGreaterThan(1000);
    }

    @Test
    void saysWhatFailedWhereTheFileCannotBeWritten() {
        AudioClip clip = audio.open(tone());
        Path output = directory.resolve("missing").resolve("video.mp4");

        assertThatExceptionOfType(FfmpegException.class)
                .isThrownBy(() -> new Mp4Encoder(output, track(), clip))
                .withMessage("cannot open the video file: No such file or directory");
    }

    @Test
    void writesAVideoWithoutSound() throws IOException {
        Path video = encode(null, FrameRate.of(25), 10);

        assertThat(FfmpegPrograms.probe(video, "v", "stream=nb_read_packets")).isEqualTo("10");
        assertThat(FfmpegPrograms.probe(video, "a", "stream=codec_name")).isEmpty();
    }

    @Test
    void keepsAFractionalRateExactly() throws IOException {
        Path video = encode(audio.open(tone()), new FrameRate(30_000, 1001), 30);

        assertThat(FfmpegPrograms.probe(video, "v", "stream=r_frame_rate")).isEqualTo("30000/1001");
        assertThat(Double.parseDouble(FfmpegPrograms.probe(video, "v", "stream=duration")))
                .isCloseTo(1.001, within(0.0001));
    }

    @ParameterizedTest
    @CsvSource({"8000, 2.2", "44100, 2.2", "8000, 0.4", "44100, 0.4", "48000, 0.03"})
    void cutsOrPadsASoundOfAnotherLength(int rate, double seconds) throws IOException {
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), seconds, rate);

        Path video = encode(audio.open(tone), FrameRate.of(25), 30);

        double aacFrame = 1024.0 / rate;
        assertThat(Double.parseDouble(FfmpegPrograms.probe(video, "a", "stream=duration")))
                .isCloseTo(1.2, within(0.04 + aacFrame));
    }

    @Test
    void aSoundThatIsTooShortEndsInSilence() throws IOException {
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), 0.4, 16000);

        AudioClip sound = audio.open(encode(audio.open(tone), FrameRate.of(25), 30));

        float[] samples = new float[16000];
        try (PcmReader reader = sound.openMono(16000)) {
            assertThat(reader.read(samples)).isEqualTo(samples.length);
        }
        assertThat(loudest(samples, 1600, 6400)).isGreaterThan(0.1f);
        assertThat(loudest(samples, 9600, 16000)).isLessThan(0.001f);
    }

    private static float loudest(float[] samples, int from, int to) {
        float loudest = 0;
        for (int i = from; i < to; i++) {
            loudest = Math.max(loudest, Math.abs(samples[i]));
        }
        return loudest;
    }

    private Path encode(@Nullable AudioClip sound, FrameRate rate, int frames) throws IOException {
        Path output = directory.resolve("video.mp4");
        try (Mp4Encoder encoder = new Mp4Encoder(output, new VideoTrack(WIDTH, HEIGHT, rate, 16), sound)) {
            for (int i = 0; i < frames; i++) {
                encoder.encode(gray());
            }
            encoder.finish();
        }
        return output;
    }

    private Path tone() {
        return FfmpegPrograms.tone(directory.resolve("tone.wav"), 1, 16000);
    }

    private Path encode(Path sound, ByteBuffer frame) throws IOException {
        AudioClip clip = audio.open(sound);
        Path output = directory.resolve("video.mp4");
        try (Mp4Encoder encoder = new Mp4Encoder(output, track(), clip)) {
            for (int i = 0; i < frames(clip.seconds()); i++) {
                encoder.encode(frame);
            }
            encoder.finish();
        }
        return output;
    }

    private static int frames(double seconds) {
        return Math.max(1, (int) Math.round(seconds * 25));
    }

    private static VideoTrack track() {
        return new VideoTrack(WIDTH, HEIGHT, FrameRate.of(25), 16);
    }

    private static ByteBuffer gray() {
        return filled(128, 128, 128);
    }

    private static ByteBuffer filled(int blue, int green, int red) {
        ByteBuffer frame = ByteBuffer.allocateDirect(WIDTH * HEIGHT * 3);
        while (frame.hasRemaining()) {
            frame.put((byte) blue).put((byte) green).put((byte) red);
        }
        return frame;
    }
}
