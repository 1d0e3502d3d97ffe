package io.avatarservice.client.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks who made a call, as Standard Webhooks 1.0 describes it: an HMAC-SHA256 over id, time and body, with a secret
 * that both sides know. Calls more than five minutes away from now are refused, so that none can be kept and played
 * again later. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class StandardWebhookSignature {

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION_PREFIX = "v1,";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MIN_SECRET_BYTES = 16;

    private final HmacSha256 hmac;
    private final Clock clock;

    /**
     * Signatures made with {@code secret}.
     *
     * @param secret Base64 of at least 16 bytes, with or without {@code whsec_} in front
     * @param clock against which the time of a call is held
     * @throws IllegalArgumentException if the secret is anything else; the message does not repeat it
     */
    public StandardWebhookSignature(String secret, Clock clock) {
        this.hmac = new HmacSha256(key(secret));
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    private static byte[] key(String secret) {
        String base64 = secret.strip();
        base64 = base64.startsWith(SECRET_PREFIX) ? base64.substring(SECRET_PREFIX.length()) : base64;
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message repeats a character of the secret.
            throw new IllegalArgumentException("is not Base64");
        }
        if (key.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("has fewer than " + MIN_SECRET_BYTES + " bytes");
        }
        return key;
    }

    /**
     * Whether a call was made by someone who knows the secret, just now. Takes the same time however wrong a signature is.
     *
     * @param id header {@code webhook-id}
     * @param timestamp header {@code webhook-timestamp}, seconds since 1970
     * @param signatures header {@code webhook-signature}: one or more, separated by spaces, of which one has to be right
     * @param body as it came
     */
    public boolean matches(@Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body) {
        if (id == null || timestamp == null || signatures == null || !isRecent(timestamp)) {
            return false;
        }
        byte[] expected = hmac.of((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8), body);
        byte[] signature =
                (VERSION_PREFIX + Base64.getEncoder().encodeToString(expected)).getBytes(StandardCharsets.US_ASCII);
        return Arrays.stream(signatures.split(" "))
                .anyMatch(given -> MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), signature));
    }

    private boolean isRecent(String timestamp) {
        try {
            long seconds = Math.subtractExact(
                    Long.parseLong(timestamp), clock.instant().getEpochSecond());
            return Math.abs(seconds) <= TOLERANCE.toSeconds();
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }
}
