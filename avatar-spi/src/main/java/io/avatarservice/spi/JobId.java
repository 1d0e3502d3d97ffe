package io.avatarservice.spi;

import java.io.Serializable;
import java.util.Objects;

/**
 * The name a provider gave to a job. Only that provider can read it.
 *
 * @param value not blank, at most 256 characters
 * @since 0.1.0
 */
public record JobId(String value) implements Serializable {

    private static final int MAX_LENGTH = 256;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if the value is blank or too long
     */
    public JobId {
        Objects.requireNonNull(value, "value");
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a job id has 1 to " + MAX_LENGTH + " characters, but had "
                    + value.strip().length());
        }
    }

    /** The job named {@code value}. */
    public static JobId of(String value) {
        return new JobId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
