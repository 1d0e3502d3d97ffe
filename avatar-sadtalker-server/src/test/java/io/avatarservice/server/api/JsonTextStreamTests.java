package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTextStreamTests {

    @TempDir
    Path directory;

    @Test
    void endsAtTheClosingQuote() throws IOException {
        assertThat(text("abc\", \"next\": 1")).isEqualTo("abc");
    }

    @Test
    void unescapes() throws IOException {
        assertThat(text("a\\/b\\u002Bc\\nd\"")).isEqualTo("a/b+c d");
    }

    @Test
    void readsAcrossItsBuffer() throws IOException {
        String longer = "x".repeat((1 << 16) - 1) + "\\/" + "y".repeat(70_000);

        assertThat(text(longer + "\"")).isEqualTo(longer.replace("\\/", "/"));
    }

    @Test
    void aStringThatDoesNotEndIsNoneAndNeitherIsOneWithOtherCharacters() {
        assertThatIOException().isThrownBy(() -> text("abc"));
        assertThatIOException().isThrownBy(() -> text("\\u00e9\""));
        assertThatIOException().isThrownBy(() -> text("\\uzzzz\""));
    }

    private String text(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("request.json"), "{\"" + json);
        try (JsonTextStream text = new JsonTextStream(file, 1)) {
            return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
