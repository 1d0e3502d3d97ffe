package io.avatarservice.did;

import static io.avatarservice.did.Samples.PORTRAIT;
import static io.avatarservice.did.Samples.SPEECH;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.jpeg;
import static io.avatarservice.did.Samples.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.avatarservice.spi.FailureKind;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What D-ID takes, and what is told of media that it does not. */
class MediaTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IMAGE | https://a.example.com/p.png | true",
                "IMAGE | https://a.example.com/p.jpg?X-Amz-Signature=a~b+c:d | true",
                "IMAGE | https://a.example.com/p.jpeg#face | true",
                "IMAGE | s3://bucket/p.png | true",
                "IMAGE | http://a.example.com/p.png | false",
                "IMAGE | https://a.example.com/p.webp | false",
                "IMAGE | https://a.example.com/p | false",
                "IMAGE | https://a.example.com/p?name=p.png | false",
                "AUDIO | https://a.example.com/s.wav | true",
                "AUDIO | https://a.example.com/s.m4a?X-Amz-Credential=A%2F20261122%2Fus&X-Amz-Signature=0af | true",
                "AUDIO | https://a.example.com/s.mp3?X-Goog-Signature=0af | true",
                "AUDIO | https://a.example.com/s.wav?sv=2024-01-01&se=2026-11-22T10%3A00%3A00Z&sig=a%2Bb%3D | true",
                "AUDIO | https://a.example.com/s.wav?se=2026-11-22T10:00:00Z&sig=ab | false",
                "AUDIO | https://a.example.com/s.wav?Policy=a&Signature=a~b | false",
                "AUDIO | https://a.example.com/s.wav?sig=a+b | false",
                "AUDIO | http://minio:9000/bucket/s.wav | false",
                "AUDIO | https://a.example.com/s.ogg | false",
                "AUDIO | https://a.example.com/s | false",
                "AUDIO | s3://d-id-audios-prod/x/audio.wav | true"
            })
    void addressesThatDidTakes(MediaRole role, URI url, boolean taken) {
        assertThat(role.takesAddress(url)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "ffd8ffe0, JPEG",
                "89504e470d0a1a0a, PNG",
                "52494646000000005741564566, WAV",
                "52494646000000005745425066, none",
                "494433040000, MP3",
                "fffb9000, MP3",
                "fff35000, MP3",
                "fff15080, AAC",
                "fff95080, AAC",
                "00000018667479704d344120, M4A",
                "000000186674797069736f6d, MP4",
                "664c6143, FLAC",
                "4f676753, OGG",
                "47494638, none",
                "ff, none",
                "fffe0000, MP3",
                "ffe00000, none",
                "00, none"
            })
    void contentTellsItsFormat(String hex, @Nullable MediaFormat format) {
        byte[] head = HexFormat.of().parseHex(hex);

        assertThat(MediaFormat.of(ByteBuffer.wrap(head))).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({"2, 512, 640", "60000, 512, 640", "2, 3000, 160"})
    void jpegTellsItsSizeBehindItsMetadata(int metadata, int width, int height) {
        assertThat(ImageSize.of(MediaFormat.JPEG, ByteBuffer.wrap(jpeg(width, height, metadata))))
                .isEqualTo(new ImageSize(width, height));
    }

    @ParameterizedTest
    @CsvSource({
        "JPEG, ffd8ff",
        "JPEG, ffd8ffe1fff0",
        "JPEG, ffd8ffe10000ffe1",
        "JPEG, ffd8ff00",
        "PNG, 89504e47",
        "WAV, 00"
    })
    void headerThatIsCutOffTellsNothing(MediaFormat format, String hex) {
        assertThat(ImageSize.of(format, ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "159 | 500 | has 159 x 500 pixels; D-ID takes 160 or more on the shorter side",
                "500 | 159 | has 500 x 159 pixels; D-ID takes 160 or more on the shorter side",
                "4096 | 2561 | has 4096 x 2561 pixels; D-ID takes 10485760 at most",
                "65000 | 65000 | has 65000 x 65000 pixels; D-ID takes 10485760 at most"
            })
    void pictureOfAnotherSizeIsRefused(int width, int height, String why) {
        assertThat(refusal(MediaRole.IMAGE, 1_000, png(width, height)))
                .satisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure).hasMessage("image: " + why)));
    }

    @Test
    void largestPictureIsTaken() {
        assertThat(MediaChecks.check(MediaRole.IMAGE, 10 * 1024 * 1024, ByteBuffer.wrap(png(4096, 2560))))
                .isEqualTo(MediaFormat.PNG);
    }

    @Test
    void largestSpeechIsTaken() {
        assertThat(MediaChecks.check(MediaRole.AUDIO, 6 * 1024 * 1024, ByteBuffer.wrap(SPEECH)))
                .isEqualTo(MediaFormat.WAV);
    }

    @Test
    void largerFilesAreRefused() {
        assertThat(refusal(MediaRole.IMAGE, 10 * 1024 * 1024 + 1, PORTRAIT))
                .hasMessage("image: has more than the 10 MB that D-ID takes as an upload");
        assertThat(refusal(MediaRole.AUDIO, 6 * 1024 * 1024 + 1, SPEECH))
                .hasMessage("audio: has more than the 6 MB that D-ID takes as an upload");
    }

    @Test
    void otherFormatsAreRefused() {
        byte[] webp = "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(MediaRole.IMAGE, webp.length, webp)).hasMessage("image: is not a JPEG or a PNG");
        assertThat(refusal(MediaRole.IMAGE, SPEECH.length, SPEECH)).hasMessage("image: is not a JPEG or a PNG");
        assertThat(refusal(MediaRole.AUDIO, PORTRAIT.length, PORTRAIT))
                .hasMessage("audio: is not WAV, MP3, M4A, MP4, FLAC, AAC or Ogg");
        assertThat(refusal(MediaRole.AUDIO, 0, new byte[0])).hasMessage("audio: is empty");
    }

    private static Throwable refusal(MediaRole role, long size, byte[] head) {
        return catchThrowable(() -> MediaChecks.check(role, size, ByteBuffer.wrap(head)));
    }
}
