package io.avatarservice.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.client.fake.WireFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class WebhookSecretTests {

    /** The example of the Standard Webhooks specification. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void exampleOfTheSpecificationIsSignedAsThere() {
        assertThat(WebhookSecret.parse(SECRET).sign(ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
    }

    /** The client's tests take the same signature of the same call, from the same files. */
    @Test
    void callsAreSignedAsTheClientChecksThem() throws IOException {
        JsonNode call = new JsonMapper().readTree(WireFiles.text("webhook-call"));

        String signature = WebhookSecret.parse(call.get("secret").asText())
                .sign(
                        call.get("webhook-id").asText(),
                        call.get("webhook-timestamp").asLong(),
                        WireFiles.text("webhook-completed").getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo(call.get("webhook-signature").asText());
    }

    @Test
    void eachOfTwoSecretsSigns() {
        String other = WebhookSecret.generate().text();
        String expected = WebhookSecret.parse(other).sign(ID, TIMESTAMP, BODY);

        assertThat(secrets(SECRET, other).sign(ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE + " " + expected);
    }

    @Test
    void aGeneratedSecretCanBeConfigured() {
        WebhookSecret generated = WebhookSecret.generate();

        assertThat(WebhookSecret.parse(generated.text()).sign(ID, TIMESTAMP, BODY))
                .isEqualTo(generated.sign(ID, TIMESTAMP, BODY));
        assertThat(WebhookSecret.generate().text()).isNotEqualTo(generated.text());
    }

    @ParameterizedTest
    @CsvSource({"23, false", "24, true", "64, true", "65, false"})
    void aSecretHas24To64Bytes(int bytes, boolean accepted) {
        String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

        if (accepted) {
            assertThat(WebhookSecret.parse(text).text()).isEqualTo(text);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebhookSecret.parse(text))
                    .withMessage("has %d bytes, not 24 to 64", bytes);
        }
    }

    @Test
    void aWrongSecretIsNamedByItsPlaceAndNeverShown() {
        for (String wrong : List.of("hunter2-hunter2-hunter2-hunter2", "whsec_hunter2!", "whsec_aHVudGVyMg==")) {
            assertThatExceptionOfType(InvalidWebhookSecretException.class)
                    .isThrownBy(() -> secrets(SECRET, wrong))
                    .satisfies(failure -> {
                        FailureAnalysis analysis = new InvalidWebhookSecretFailureAnalyzer().analyze(failure);
                        assertThat(analysis).isNotNull();
                        assertThat(analysis.getDescription())
                                .startsWith("Webhook secret 2 ")
                                .doesNotContain("hunter", "aHVu");
                        assertThat(analysis.getAction())
                                .contains("avatar.webhooks.secrets", "AVATAR_WEBHOOK_SECRETS", "keys webhook-secret");
                    });
        }
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(properties(SECRET).toString()).contains("secrets=1").doesNotContain("MfKQ");
        assertThat(WebhookSecret.parse(SECRET).toString()).doesNotContain("MfKQ");
    }

    private static WebhookSecrets secrets(String... secrets) {
        return WebhookSecrets.of(properties(secrets));
    }

    private static WebhookProperties properties(String... secrets) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("avatar.webhooks.secrets", String.join(",", secrets));
        return new Binder(source)
                .bind("avatar.webhooks", WebhookProperties.class)
                .get();
    }
}
