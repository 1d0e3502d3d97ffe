package io.avatarservice.server.webhook;

import java.net.URI;

/**
 * One call as it is made.
 *
 * @param url where it goes
 * @param id names the message
 * @param timestamp when the call is made, in seconds since 1970
 * @param signatures separated by spaces
 * @param body JSON
 */
record WebhookMessage(URI url, String id, long timestamp, String signatures, byte[] body) {

    /** Without the URL and the body, which has signed addresses. */
    @Override
    public String toString() {
        return "WebhookMessage[id=" + id + "]";
    }
}
