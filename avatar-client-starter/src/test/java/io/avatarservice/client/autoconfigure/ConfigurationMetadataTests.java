package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.UrlResource;

/** What an IDE shows about our properties. */
class ConfigurationMetadataTests {

    private static final Set<String> WITHOUT_DEFAULT = Set.of(
            "avatar.d-id.api-key",
            "avatar.failover.providers",
            "avatar.service.api-key",
            "avatar.service.webhook-secret",
            "avatar.webhook.public-url",
            "avatar.webhook.secret");

    /** A change here is a change of every application's configuration. */
    @Test
    void keysAreThose() throws IOException {
        assertThat(properties().map(Property::name))
                .containsExactlyInAnyOrder(
                        "avatar.client.call-timeout",
                        "avatar.client.deadline",
                        "avatar.client.max-poll-failures",
                        "avatar.client.max-poll-interval",
                        "avatar.client.poll-interval",
                        "avatar.client.retry.backoff",
                        "avatar.client.retry.budget",
                        "avatar.client.retry.max-backoff",
                        "avatar.client.retry.max-retries",
                        "avatar.compatibility-verifier.enabled",
                        "avatar.d-id.api-key",
                        "avatar.d-id.auth-encoding",
                        "avatar.d-id.base-url",
                        "avatar.d-id.delete-after-download",
                        "avatar.d-id.legacy-driver-url",
                        "avatar.d-id.response-timeout",
                        "avatar.d-id.submit-timeout",
                        "avatar.failover.job-deadline",
                        "avatar.failover.providers",
                        "avatar.provider",
                        "avatar.service.api-key",
                        "avatar.service.base-url",
                        "avatar.service.response-timeout",
                        "avatar.service.submit-timeout",
                        "avatar.service.webhook-secret",
                        "avatar.spend.assumed-seconds",
                        "avatar.spend.seconds-per-day",
                        "avatar.webhook.enabled",
                        "avatar.webhook.path",
                        "avatar.webhook.public-url",
                        "avatar.webhook.secret",
                        "management.health.avatar.enabled");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyKeyIsDescribedAsSpringBootDoes(Property property) {
        assertThat(property.description())
                .isNotBlank()
                .endsWith(".")
                .doesNotStartWith("The ")
                .doesNotStartWith("A ")
                .doesNotContainIgnoringCase("default");
        if (property.type().equals("java.lang.Boolean")) {
            assertThat(property.description()).startsWith("Whether ");
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyKeyButSecretsAndOwnAddressesHasADefault(Property property) {
        assertThat(property.hasDefault()).isNotEqualTo(WITHOUT_DEFAULT.contains(property.name()));
    }

    @Test
    void namedProvidersAreHintedAt() throws IOException {
        assertThat(entries("hints"))
                .filteredOn(hint ->
                        Set.of("avatar.provider", "avatar.failover.providers").contains(hint.get("name")))
                .hasSize(2)
                .allSatisfy(hint -> assertThat((List<?>) hint.get("values"))
                        .extracting("value")
                        .containsExactly("sadtalker", "d-id"));
    }

    static Stream<Property> properties() throws IOException {
        return entries("properties").stream().map(Property::new);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(String section) throws IOException {
        String json = new UrlResource(metadata()).getContentAsString(StandardCharsets.UTF_8);
        return (List<Map<String, Object>>) Objects.requireNonNull(
                JsonParserFactory.getJsonParser().parseMap(json).get(section));
    }

    /** The starter's own: each jar on the class path has one of this name. */
    private static URL metadata() throws IOException {
        URL type = Objects.requireNonNull(
                AvatarClientProperties.class.getResource(AvatarClientProperties.class.getSimpleName() + ".class"));
        String root =
                type.toString().replace(AvatarClientProperties.class.getName().replace('.', '/') + ".class", "");
        return URI.create(root + "META-INF/spring-configuration-metadata.json").toURL();
    }

    /** One property as the file has it. */
    record Property(Map<String, Object> entry) {

        String name() {
            return String.valueOf(entry.get("name"));
        }

        String description() {
            return String.valueOf(entry.getOrDefault("description", ""));
        }

        String type() {
            return String.valueOf(entry.get("type"));
        }

        boolean hasDefault() {
            return entry.containsKey("defaultValue");
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
