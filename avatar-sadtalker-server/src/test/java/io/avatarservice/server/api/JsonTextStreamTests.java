package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextStreamTests {

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
        byte[] document = ("{\"" + json).getBytes(StandardCharsets.UTF_8);
        try (JsonTextStream text = new JsonTextStream(() -> new ByteArrayInputStream(document), 1)) {
            return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
