package io.avatarservice.server.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that are due or tried again.
 *
 * @param count how many
 * @param oldest when the oldest of them was due first
 */
record PendingWebhooks(int count, @Nullable Instant oldest) {

    static final PendingWebhooks NONE = new PendingWebhooks(0, null);
}
