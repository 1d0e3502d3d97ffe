package io.avatarservice.client.webhook;

/** What a caller is told. */
enum WebhookAnswer {
    /** The poller is awake, or knows already. */
    ACCEPTED(204),
    /** The signature is missing, wrong or old. */
    NOT_SIGNED(401),
    /** The address is wrong, or of another process. */
    UNKNOWN(404),
    /** Nobody has that much to say. */
    TOO_LARGE(413);

    private final int status;

    WebhookAnswer(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
