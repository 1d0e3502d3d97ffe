package io.avatarservice.server.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a key may do. None includes another. */
public enum Scope {
    /** Submit and cancel jobs. */
    SUBMIT,
    /** See jobs, drivers and the API description. */
    READ,
    /** See metrics and whatever else of the actuator is exposed. */
    ADMIN;

    /** The name in configurations, which is also the authority's. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scope> parse(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equalsIgnoreCase(text.strip()))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Scope::wireName).collect(Collectors.joining(", "));
    }
}
