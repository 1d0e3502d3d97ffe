package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an IDE shows about our properties. */
class ConfigurationMetadataTests {

    /** A change here is a change of every application's configuration. */
    @Test
    void keysAreThose() throws IOException {
        assertThat(properties().map(property -> property.get("name").asText()))
                .containsExactlyInAnyOrder(
                        "avatar.client.deadline",
                        "avatar.client.max-poll-failures",
                        "avatar.client.max-poll-interval",
                        "avatar.client.poll-interval",
                        "avatar.provider",
                        "avatar.service.api-key",
                        "avatar.service.base-url",
                        "avatar.service.response-timeout",
                        "avatar.service.submit-timeout");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyKeyIsDescribedAsSpringBootDoes(JsonNode property) {
        String name = property.get("name").asText();
        String description = property.path("description").asText();

        assertThat(description)
                .as(name)
                .isNotBlank()
                .endsWith(".")
                .doesNotStartWith("The ")
                .doesNotStartWith("A ");
        assertThat(description).as(name).doesNotContainIgnoringCase("default");
        if (property.get("type").asText().equals("java.lang.Boolean")) {
            assertThat(description).as(name).startsWith("Whether ");
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyKeyButTheSecretHasADefault(JsonNode property) {
        String name = property.get("name").asText();

        assertThat(property.has("defaultValue")).as(name).isNotEqualTo(name.equals("avatar.service.api-key"));
    }

    static Stream<JsonNode> properties() throws IOException {
        // The starter's own, which is a directory here: each jar on the class path has one of this name.
        Path classes = Path.of(AvatarClientProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        JsonNode metadata = new ObjectMapper()
                .readTree(classes.resolve("META-INF/spring-configuration-metadata.json")
                        .toFile());
        return StreamSupport.stream(metadata.get("properties").spliterator(), false);
    }
}
