package io.avatarservice.spi;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name by which a provider is selected, for example {@code sadtalker} or {@code d-id}.
 *
 * @param value lower-case letters and digits in words joined by single hyphens, at most 64 characters
 * @since 0.1.0
 */
public record ProviderId(String value) implements Serializable {

    private static final int MAX_LENGTH = 64;
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the value has another shape
     */
    public ProviderId {
        Objects.requireNonNull(value, "value");
        if (value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a provider id has lower-case letters and digits in words joined by "
                    + "hyphens, at most " + MAX_LENGTH + " characters, but was '" + value + "'");
        }
    }

    /** The provider named {@code value}. */
    public static ProviderId of(String value) {
        return new ProviderId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
