package io.avatarservice.client.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.client.fake.WireFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhookSignatureTests {

    /** The example of the Standard Webhooks specification. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final StandardWebhookSignature signature = at(1_614_265_330);

    @Test
    void exampleOfTheSpecificationMatches() {
        assertThat(signature.matches(ID, TIMESTAMP, SIGNATURE, BODY)).isTrue();
    }

    /** Made by the server's tests, from the same files. */
    @Test
    void callOfTheServerMatches() throws IOException {
        JsonNode call = new JsonMapper().readTree(WireFiles.text("webhook-call"));
        long timestamp = call.get("webhook-timestamp").asLong();
        StandardWebhookSignature checker =
                new StandardWebhookSignature(call.get("secret").asText(), clock(timestamp + 1));

        assertThat(checker.matches(
                        call.get("webhook-id").asText(),
                        call.get("webhook-timestamp").asText(),
                        call.get("webhook-signature").asText(),
                        WireFiles.text("webhook-completed").getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void secretNeedsNoPrefix() {
        StandardWebhookSignature bare =
                new StandardWebhookSignature(SECRET.substring("whsec_".length()), clock(1_614_265_330));

        assertThat(bare.matches(ID, TIMESTAMP, SIGNATURE, BODY)).isTrue();
    }

    @Test
    void oneRightSignatureAmongSeveralSuffices() {
        assertThat(signature.matches(ID, TIMESTAMP, "v1,AAAA v1a,BBBB " + SIGNATURE, BODY))
                .isTrue();
    }

    @Test
    void signatureOfAnotherVersionIsNoSignature() {
        assertThat(signature.matches(ID, TIMESTAMP, SIGNATURE.replace("v1,", "v2,"), BODY))
                .isFalse();
    }

    @Test
    void anyChangedPartIsNoticed() {
        assertThat(signature.matches("msg_other", TIMESTAMP, SIGNATURE, BODY)).isFalse();
        assertThat(signature.matches(ID, "1614265331", SIGNATURE, BODY)).isFalse();
        assertThat(signature.matches(ID, TIMESTAMP, SIGNATURE, new byte[0])).isFalse();
        assertThat(signature.matches(ID, TIMESTAMP, "v1,", BODY)).isFalse();
    }

    @Test
    void anyMissingHeaderIsNoticed() {
        assertThat(signature.matches(null, TIMESTAMP, SIGNATURE, BODY)).isFalse();
        assertThat(signature.matches(ID, null, SIGNATURE, BODY)).isFalse();
        assertThat(signature.matches(ID, TIMESTAMP, null, BODY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "300, true", "301, false"})
    void callsAreTakenForFiveMinutes(long secondsLater, boolean taken) {
        assertThat(at(1_614_265_330 + secondsLater).matches(ID, TIMESTAMP, SIGNATURE, BODY))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "1614265330.5", "99999999999999999999", "-9223372036854775808"})
    void timeThatIsNoneIsRefused(String timestamp) {
        assertThat(signature.matches(ID, timestamp, SIGNATURE, BODY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"whsec_not base64!, is not Base64", "whsec_c2hvcnQ=, has fewer than 16 bytes"})
    void unusableSecretIsRefusedWithoutRepeatingIt(String secret, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StandardWebhookSignature(secret, Clock.systemUTC()))
                .withMessage(why)
                .withNoCause();
    }

    private static StandardWebhookSignature at(long epochSecond) {
        return new StandardWebhookSignature(SECRET, clock(epochSecond));
    }

    private static Clock clock(long epochSecond) {
        return Clock.fixed(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC);
    }
}
