package io.avatarservice.did;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The API key on its way into a header. Asked for on each call, so that it can be changed without a restart. */
final class DidCredentials {

    private final Supplier<? extends @Nullable String> apiKey;
    private final DidAuthEncoding encoding;

    DidCredentials(Supplier<? extends @Nullable String> apiKey, DidAuthEncoding encoding) {
        this.apiKey = apiKey;
        this.encoding = encoding;
    }

    /**
     * Adds the key.
     *
     * @throws AvatarException if there is none that can be sent
     */
    void authorize(HttpHeaders headers) {
        String key = apiKey.get();
        if (key == null || key.isBlank()) {
            throw unusable("there is no API key for D-ID");
        }
        String value = encoding.header(key.strip());
        // Checked here, because HTTP clients repeat a value that they refuse.
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw unusable("the API key for D-ID has characters that a header cannot carry");
        }
        headers.set(HttpHeaders.AUTHORIZATION, value);
    }

    private static AvatarException unusable(String message) {
        return AvatarException.builder(FailureKind.AUTHENTICATION, message)
                .provider(DidAvatarProvider.ID)
                .build();
    }
}
