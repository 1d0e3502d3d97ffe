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

    static void notNegative(String property, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(property + " must not be negative, but was " + value);
        }
    }

    static void notBelow(String property, Duration value, String other, Duration floor) {
        if (value.compareTo(floor) < 0) {
            throw new IllegalArgumentException(
                    property + " must not be below " + other + ", " + floor + ", but was " + value);
        }
    }
}
