package io.avatarservice.client.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A call as it came in, whatever web stack took it.
 *
 * @param id header {@code webhook-id}
 * @param timestamp header {@code webhook-timestamp}
 * @param signature header {@code webhook-signature}
 * @param body at most {@link #MAX_BODY_BYTES}; looked at for its signature only, and never logged
 */
record WebhookCall(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String signature,
        byte[] body) {

    static final int MAX_BODY_BYTES = 64 * 1024;

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";
}
