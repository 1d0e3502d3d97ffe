package io.avatarservice.client.webhook;

/**
 * The part of a webhook's address that tells whose it is.
 *
 * @param provider that was given the address
 * @param subscription which job's
 * @param token that nobody else can know
 */
record WebhookAddress(String provider, String subscription, String token) {

    /** Below the path of the endpoint. */
    static final String PATTERN = "/{provider}/{subscription}/{token}";
}
