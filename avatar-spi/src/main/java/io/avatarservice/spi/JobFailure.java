package io.avatarservice.spi;

import java.util.List;
import java.util.Objects;

/**
 * Why a job ended without a video.
 *
 * @param kind what may be tried next
 * @param message for people: what happened, free of secrets and signed addresses
 * @param fieldErrors what was wrong with which field; empty where no field is at fault
 * @since 0.1.0
 */
public record JobFailure(FailureKind kind, String message, List<FieldError> fieldErrors) {

    /** Requires a kind and a message and copies the list. */
    public JobFailure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        fieldErrors = List.copyOf(fieldErrors);
    }
}
