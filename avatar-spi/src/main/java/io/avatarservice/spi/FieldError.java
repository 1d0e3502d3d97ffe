package io.avatarservice.spi;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field in the words of the provider that refused it, for example {@code image}
 * @param message what was found and what is allowed
 * @since 0.1.0
 */
public record FieldError(String field, String message) implements Serializable {

    /** Requires both parts. */
    public FieldError {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
    }
}
