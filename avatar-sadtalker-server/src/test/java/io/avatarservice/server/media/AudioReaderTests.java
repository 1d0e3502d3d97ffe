package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioReaderTests {

    private final AudioReader reader = new AudioReader(TestMediaProperties.defaults());

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "wav, 16000, 1, '', 0.0001",
        "wav, 44100, 2, '-c:a pcm_s24le', 0.0001",
        "wav, 8000, 1, '-c:a pcm_mulaw', 0.0001",
        "flac, 48000, 2, '', 0.0001",
        "m4a, 44100, 1, '', 0.024",
        "aac, 22050, 1, '', 0.15",
        "mp3, 44100, 2, '-id3v2_version 3 -metadata title=tagged', 0.06",
        "mp3, 16000, 1, '-id3v2_version 0 -write_xing 0', 0.11",
        "ogg, 44100, 2, '-c:a vorbis -strict experimental', 0.03",
        "ogg, 48000, 1, '-c:a libopus', 0.001",
        "opus, 48000, 2, '', 0.001",
    })
    void readsEveryFormatByItsContent(String extension, int rate, int channels, String arguments, double tolerance)
            throws IOException {
        String[] split = (arguments + " -ac " + channels).strip().split(" ");
        Path encoded = FfmpegPrograms.tone(directory.resolve("tone." + extension), 1.5, rate, split);
        Path misnamed = Files.move(encoded, directory.resolve("tone.txt"));

        AudioClip clip = reader.open(misnamed);

        assertThat(clip.sampleRate()).isEqualTo(rate);
        assertThat(clip.channels()).isEqualTo(channels);
        assertThat(clip.seconds()).isCloseTo(1.5, within(tolerance));
    }

    @Test
    void readsTheSoundOfAVideo() {
        Path video = FfmpegPrograms.make(
                directory.resolve("video.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=size=64x48:rate=25:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=sample_rate=44100:duration=1",
                "-c:v",
                "libopenh264");

        AudioClip clip = reader.openIfPresent(video).orElseThrow();

        assertThat(clip.sampleRate()).isEqualTo(44100);
        assertThat(clip.seconds()).isCloseTo(1, within(0.03));
    }

    @Test
    void aVideoMayBeSilent() {
        Path video = FfmpegPrograms.make(
                directory.resolve("video.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=size=64x48:rate=25:duration=1",
                "-c:v",
                "libopenh264");

        assertThat(reader.openIfPresent(video)).isEmpty();
    }

    @Test
    void refusesTheSoundOfAVideoThatIsTooLongNamingTheVideo() {
        Path video = FfmpegPrograms.tone(directory.resolve("tone.mp4"), 2, 44100);
        AudioReader strict = new AudioReader(TestMediaProperties.with(Map.of("max-audio-duration", "1s")));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> strict.openIfPresent(video))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE);
                    assertThat(e.field()).isEqualTo("driving_video");
                });
    }

    @Test
    void refusesTextNamingTheFormats() throws IOException {
        Path text = Files.writeString(directory.resolve("speech.wav"), "This is not a recording at all.");

        assertRefused(text, ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("WAV, MP3, M4A/AAC, FLAC or OGG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "R", "ID3", "RIFF\0\0\0\0WAVE", "fLaC", "OggS", "\0\0\0\0ftyp"})
    void refusesStubs(String content) throws IOException {
        Path stub = Files.write(directory.resolve("stub"), content.getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(stub, ProblemCode.UNSUPPORTED_MEDIA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#EXTM3U\n#EXTINF:1,\nother.wav\n", "ffconcat version 1.0\nfile other.wav\n"})
    void refusesPlaylists(String playlist) throws IOException {
        FfmpegPrograms.tone(directory.resolve("other.wav"), 1, 16000);
        Path list = Files.writeString(directory.resolve("list.wav"), playlist);

        assertRefused(list, ProblemCode.UNSUPPORTED_MEDIA);
    }

    @Test
    void refusesVideoWithoutSound() {
        Path video = FfmpegPrograms.make(
                directory.resolve("silent.mp4"), "-f", "lavfi", "-i", "color=red:s=64x64:d=1", "-c:v", "libopenh264");

        assertRefused(video, ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("no audio stream");
    }

    @Test
    void takesTheSoundOfAVideo() {
        Path video = FfmpegPrograms.tone(
                directory.resolve("film.mp4"),
                2,
                44100,
                "-f",
                "lavfi",
                "-i",
                "color=red:s=64x64:d=2",
                "-c:v",
                "libopenh264");

        assertThat(reader.open(video).seconds()).isCloseTo(2, within(0.024));
    }

    @Test
    void refusesSoundOfZeroLength() {
        Path empty = FfmpegPrograms.make(
                directory.resolve("empty.wav"), "-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono", "-t", "0");

        assertRefused(empty, ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("length of zero");
    }

    @Test
    void refusesSoundLongerThanTheLimit() {
        AudioReader strict = new AudioReader(TestMediaProperties.with(Map.of("max-audio-duration", "1500ms")));
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), 1.6, 16000);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> strict.open(tone))
                .withMessageContaining("1.5 seconds")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("audio"));
    }

    @Test
    void acceptsSoundExactlyAtTheLimit() {
        AudioReader strict = new AudioReader(TestMediaProperties.with(Map.of("max-audio-duration", "1500ms")));
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), 1.5, 16000);

        assertThat(strict.open(tone).samples()).isEqualTo(24_000);
    }

    @Test
    void refusesFilesLargerThanTheLimit() {
        AudioReader strict = new AudioReader(TestMediaProperties.with(Map.of("max-audio-bytes", "10KB")));
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), 1, 16000);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> strict.open(tone))
                .withMessageContaining("10,240")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE));
    }

    @Test
    void countsSamplesInsteadOfBelievingTheHeader() throws IOException {
        Path tone = FfmpegPrograms.tone(directory.resolve("tone.wav"), 2, 16000);
        byte[] bytes = Files.readAllBytes(tone);
        Path half = Files.write(directory.resolve("half.wav"), Arrays.copyOf(bytes, bytes.length - 32_000));

        assertThat(reader.open(half).samples()).isEqualTo(16_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m4a", "flac", "opus"})
    void refusesSoundThatIsMostlyDamaged(String extension) throws IOException {
        Path tone = FfmpegPrograms.tone(directory.resolve("tone." + extension), 3, 48000);
        byte[] bytes = Files.readAllBytes(tone);
        byte[] noise = new byte[bytes.length - 1024];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, 1024, noise.length);
        Files.write(tone, bytes);

        assertRefused(tone, ProblemCode.UNSUPPORTED_MEDIA);
    }

    private ThrowableAssertAlternative<ProblemException> assertRefused(Path file, ProblemCode code) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.open(file))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("audio"));
    }
}
