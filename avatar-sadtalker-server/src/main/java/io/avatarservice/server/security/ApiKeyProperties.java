package io.avatarservice.server.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One key as it is configured. Nothing is checked here: a failure to bind would print the value.
 *
 * @param name Name of the caller, for logs and metrics.
 * @param key Secret in plain text; or 'hash'.
 * @param hash SHA-256 of the secret, in hexadecimal digits; or 'key'.
 * @param scopes What the key may do: 'submit', 'read', 'admin'.
 * @param requestsPerMinute Most calls in a minute with this key.
 * @param concurrentJobs Most unfinished jobs of this key.
 */
public record ApiKeyProperties(
        @Nullable String name,
        @Nullable String key,
        @Nullable String hash,
        @DefaultValue({"submit", "read"}) List<String> scopes,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer concurrentJobs) {

    private static final String HASH_PREFIX = "{sha256}";
    private static final List<String> DEFAULT_SCOPES = List.of("submit", "read");

    @ConstructorBinding
    public ApiKeyProperties {
        name = textOrNull(name);
        key = textOrNull(key);
        hash = textOrNull(hash);
        scopes = List.copyOf(scopes);
    }

    /** Reads {@code key}, {@code name:key} or {@code name:key:scope+scope}; a key may be <code>{sha256}</code> and its hash. */
    static ApiKeyProperties parse(String text) {
        String[] parts = text.strip().split(":", 3);
        String name = parts.length == 1 ? null : parts[0];
        String secret = parts.length == 1 ? parts[0] : parts[1];
        List<String> scopes = parts.length < 3 ? DEFAULT_SCOPES : List.of(parts[2].split("\\+", -1));
        boolean hashed = secret.startsWith(HASH_PREFIX);
        return new ApiKeyProperties(
                name,
                hashed ? null : secret,
                hashed ? secret.substring(HASH_PREFIX.length()) : null,
                scopes,
                null,
                null);
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @Override
    public String toString() {
        return "ApiKeyProperties[name=" + name + ", scopes=" + scopes + "]";
    }
}
