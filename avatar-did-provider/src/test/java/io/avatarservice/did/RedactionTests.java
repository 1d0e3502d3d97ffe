package io.avatarservice.did;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of other people's words is repeated. */
class RedactionTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "face not detected",
                "user has no permission for stitch",
                "Automatic content moderation - contact support...",
                "received image/webp, supported: image/jpeg",
                "the \"image\" (512x512) isn't fit!"
            })
    void proseStays(String text) {
        assertThat(Redaction.prose(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid actor url https://a.example.com/p.png?sig=1 | invalid actor url ***",
                "header: 'Basic dXNlcjpwYXNz:c2VjcmV0' | header: 'Basic ***",
                "key=value | ***",
                "somebody@example.com is unknown | *** is unknown",
                "token 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b | token ***",
                "tlk_A1b2C3D4e5F6 | ***"
            })
    void wordsThatMayHoldASecretDoNot(String text, String shown) {
        assertThat(Redaction.prose(text)).isEqualTo(shown);
    }

    @Test
    void lineBreaksAndLengthAreBounded() {
        assertThat(Redaction.prose("one\r\ntwo\u0007three")).isEqualTo("one two three");
        assertThat(Redaction.prose("word ".repeat(100))).hasSize(203).endsWith("...");
    }
}
