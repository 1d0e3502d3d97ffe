package io.avatarservice.client.webhook;

import io.avatarservice.spi.ProviderId;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs calls as a server does. */
final class SignedCalls {

    static final ProviderId PROVIDER = ProviderId.of("sadtalker");

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final byte[] KEY = "a secret of twenty-four.".getBytes(StandardCharsets.UTF_8);

    StandardWebhookSignature signature() {
        return new StandardWebhookSignature(
                "whsec_" + Base64.getEncoder().encodeToString(KEY), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    Map<String, String> headers(String body) {
        String id = "msg_1";
        String timestamp = Long.toString(NOW.getEpochSecond());
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", timestamp,
                "webhook-signature", "v1," + hmac(id + "." + timestamp + "." + body));
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
