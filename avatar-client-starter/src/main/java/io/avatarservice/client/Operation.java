package io.avatarservice.client;

import java.util.Locale;

/** What a provider is called for; each has a circuit breaker of its own. */
enum Operation {
    SUBMIT,
    FIND,
    CANCEL,
    DOWNLOAD;

    /** As in the names of breakers and in messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
