package io.avatarservice.client.autoconfigure;

import java.time.Duration;

/** Checks of property values, with messages that name the property. */
final class Limits {

    private Limits() {}

    static void positive(String property, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(property + " must be positive, but was " + value);
        }
    }
}
