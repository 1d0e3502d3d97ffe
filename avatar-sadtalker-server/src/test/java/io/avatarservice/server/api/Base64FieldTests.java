package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class Base64FieldTests {

    private final Base64Field field = new Base64Field("image_b64", DataSize.ofMegabytes(1));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"aGVsbG8=", "aGVsbG8", "aGVs\r\nbG8=\n", "data:image/png;base64,aGVsbG8=", " a G V s b G 8 = "})
    void readsWhatClientsWrite(String text) throws IOException {
        assertThat(decode(text)).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }

    /** Around the ends of blocks. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 49_151, 49_152, 49_153, 49_154, 98_304, 200_000})
    void anyNumberOfBytesComesBack(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);

        assertThat(decode(Base64.getEncoder().encodeToString(content))).isEqualTo(content);
        assertThat(decode(Base64.getMimeEncoder().encodeToString(content))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8=aGVs", "aGVsb", "aGVs*G8=", "aGVs-_8=", "=", "data:image/png,aGVs"})
    void refusesWhatIsNoBase64(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> decode(text))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(problem.field()).isEqualTo("image_b64");
                });
    }

    @Test
    void nothingFollowsThePaddingInTheNextBlockEither() {
        String padded = "A".repeat((1 << 16) - 1) + "=";

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decode(padded + "AAAA"));
    }

    @Test
    void stopsAtTheLimit() {
        String text = Base64.getEncoder().encodeToString(new byte[(1 << 20) + 1]);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> decode(text))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE));
    }

    private byte[] decode(String text) throws IOException {
        Path target = directory.resolve("decoded");
        field.decode(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), target);
        return Files.readAllBytes(target);
    }
}
