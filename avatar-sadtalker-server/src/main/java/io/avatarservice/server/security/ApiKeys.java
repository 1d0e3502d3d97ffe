package io.avatarservice.server.security;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys that the server accepts. */
final class ApiKeys {

    private static final int SHORTEST_KEY = 16;
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";
    private static final String ACTION = "Correct avatar.security.api-keys or AVATAR_API_KEYS."
            + " The command 'keys generate' makes a key and its hash.";

    private final List<ApiKey> keys;
    private final Map<String, ApiKey> byName;

    private ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
        this.byName = keys.stream().collect(Collectors.toMap(ApiKey::name, Function.identity()));
    }

    /**
     * Checks the configured keys.
     *
     * @throws InvalidSecurityException where one cannot be used
     */
    static ApiKeys of(SecurityProperties properties) {
        List<ApiKey> keys = new ArrayList<>();
        for (ApiKeyProperties configured : properties.apiKeys()) {
            ApiKey key = key(configured, keys.size() + 1, properties.rateLimit());
            if (keys.stream().anyMatch(other -> other.name().equals(key.name()))) {
                throw invalid("Two API keys are named '%s'.".formatted(key.name()));
            }
            keys.stream()
                    .filter(other -> other.hash().matches(key.hash()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw invalid("The API keys '%s' and '%s' are the same.".formatted(other.name(), key.name()));
                    });
            keys.add(key);
        }
        return new ApiKeys(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The key that a caller presents. Takes the same time for every key, right or wrong. */
    Optional<ApiKey> find(String presented) {
        KeyHash hash = KeyHash.of(presented);
        ApiKey found = null;
        for (ApiKey key : keys) {
            if (key.hash().matches(hash)) {
                found = key;
            }
        }
        return Optional.ofNullable(found);
    }

    Optional<ApiKey> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Names and scopes, for people. */
    String describe() {
        return keys.stream()
                .map(key -> key.name()
                        + key.scopes().stream().map(Scope::wireName).collect(Collectors.joining(", ", " (", ")")))
                .collect(Collectors.joining(", "));
    }

    private static ApiKey key(ApiKeyProperties configured, int position, SecurityProperties.RateLimit defaults) {
        String name = configured.name() == null ? "key-" + position : configured.name();
        if (!name.matches(NAME)) {
            // The name is not shown: where colons are misplaced, it is the key.
            throw invalid(
                    "API key %d has a name that is not 1 to 64 letters, digits, '.', '-' or '_'.".formatted(position));
        }
        return new ApiKey(
                name,
                hash(configured, name),
                scopes(configured, name),
                new Allowance(
                        positive(configured.requestsPerMinute(), defaults.requestsPerMinute(), name),
                        configured.concurrentJobs() == null
                                ? defaults.concurrentJobs()
                                : Integer.valueOf(positive(configured.concurrentJobs(), 1, name))));
    }

    private static KeyHash hash(ApiKeyProperties configured, String name) {
        String key = configured.key();
        String hash = configured.hash();
        if (key != null && hash == null) {
            if (key.length() < SHORTEST_KEY) {
                throw invalid("API key '%s' has fewer than %d characters: it could be guessed."
                        .formatted(name, SHORTEST_KEY));
            }
            return KeyHash.of(key);
        }
        if (key != null || hash == null) {
            throw invalid("API key '%s' needs either a key or a hash.".formatted(name));
        }
        try {
            return KeyHash.parse(hash);
        } catch (IllegalArgumentException e) {
            throw invalid("The hash of API key '%s' is %s.".formatted(name, e.getMessage()));
        }
    }

    private static Set<Scope> scopes(ApiKeyProperties configured, String name) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String scope : configured.scopes()) {
            scopes.add(Scope.parse(scope)
                    .orElseThrow(() -> invalid("API key '%s' has a scope that does not exist; there are: %s."
                            .formatted(name, Scope.names()))));
        }
        if (scopes.isEmpty()) {
            throw invalid("API key '%s' has no scope; there are: %s.".formatted(name, Scope.names()));
        }
        return scopes;
    }

    private static int positive(@Nullable Integer value, int otherwise, String name) {
        if (value != null && value < 1) {
            throw invalid("The limits of API key '%s' must be positive.".formatted(name));
        }
        return value == null ? otherwise : value;
    }

    private static InvalidSecurityException invalid(String message) {
        return new InvalidSecurityException(message, ACTION);
    }
}
