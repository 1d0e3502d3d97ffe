package io.avatarservice.server.webhook;

import java.util.Locale;

/** What has become of a delivery. */
public enum WebhookState {
    /** The job has not ended. */
    WAITING,
    /** The call is due, or was not delivered and is made again. */
    PENDING,
    /** The receiver has accepted it. */
    DELIVERED,
    /** It is not tried any more. */
    FAILED;

    /** The name on the wire and in the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WebhookState parse(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
