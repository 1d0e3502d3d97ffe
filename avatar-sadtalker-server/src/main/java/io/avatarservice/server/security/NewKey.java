package io.avatarservice.server.security;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key that was just made.
 *
 * @param secret what the caller sends
 * @param hash what the server is configured with
 */
public record NewKey(String secret, KeyHash hash) {

    /** Lets scanners recognize a leaked key. */
    private static final String PREFIX = "avk_";

    private static final int RANDOM_BYTES = 32;

    /** Makes a key of 256 random bits. */
    public static NewKey generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new NewKey(secret, KeyHash.of(secret));
    }

    @Override
    public String toString() {
        return "NewKey";
    }
}
