package io.avatarservice.did;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * How the API key becomes the {@code Authorization} header. A key that already begins with {@code Basic} or
 * {@code Bearer} and a space is sent as it is, whatever the encoding.
 *
 * @since 0.1.0
 */
public enum DidAuthEncoding {
    /** {@code Basic} and the key verbatim, as D-ID's own page says: its keys are issued in encoded form. */
    RAW {
        @Override
        String encode(String key) {
            return BASIC + key;
        }
    },
    /** {@code Basic} and the whole key in Base64, as RFC 7617 has it for {@code user:password}. */
    RFC7617 {
        @Override
        String encode(String key) {
            return BASIC + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        }
    },
    /** {@code Bearer} and the key verbatim. */
    BEARER {
        @Override
        String encode(String key) {
            return "Bearer " + key;
        }
    };

    private static final String BASIC = "Basic ";

    abstract String encode(String key);

    /** The header's value. */
    final String header(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.startsWith("basic ") || lower.startsWith("bearer ") ? key : encode(key);
    }
}
