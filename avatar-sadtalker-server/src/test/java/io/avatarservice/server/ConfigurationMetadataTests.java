package io.avatarservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an IDE shows about the server's properties. */
class ConfigurationMetadataTests {

    /** These have no value of their own: what happens without one is said in their description. */
    private static final List<String> WITHOUT_DEFAULT = List.of(
            "avatar.fetch.allowed-hosts",
            "avatar.fetch.allowed-networks",
            "avatar.models.cache",
            "avatar.models.directory",
            "avatar.models.mirrors",
            "avatar.models.sadtalker-root",
            "avatar.security.api-keys",
            "avatar.security.cors.allowed-origins",
            "avatar.security.rate-limit.concurrent-jobs",
            "avatar.server.max-submissions",
            "avatar.server.public-url",
            "avatar.server.state-dir",
            "avatar.server.work-dir",
            "avatar.storage.bucket",
            "avatar.storage.gcs.endpoint",
            "avatar.storage.input-buckets",
            "avatar.storage.local.directory",
            "avatar.storage.s3.endpoint",
            "avatar.storage.s3.public-endpoint",
            "avatar.storage.s3.region",
            "avatar.torch.native-cache",
            "avatar.webhooks.secrets");

    /** A change here is a change of every deployment's configuration. */
    @Test
    void keysAreThose() throws IOException {
        assertThat(properties().map(ConfigurationMetadataTests::name))
                .containsExactlyInAnyOrder(
                        "avatar.driver.default-name",
                        "avatar.fetch.allowed-hosts",
                        "avatar.fetch.allowed-networks",
                        "avatar.fetch.allowed-ports",
                        "avatar.health.disk-reserve",
                        "avatar.jobs.heartbeat.interval",
                        "avatar.jobs.heartbeat.missed",
                        "avatar.jobs.idempotency-retention",
                        "avatar.jobs.max-attempts",
                        "avatar.jobs.niceness",
                        "avatar.jobs.poll-interval",
                        "avatar.jobs.progress-interval",
                        "avatar.jobs.queue-capacity",
                        "avatar.jobs.render-timeout",
                        "avatar.jobs.retention.age",
                        "avatar.jobs.retention.count",
                        "avatar.jobs.shutdown-timeout",
                        "avatar.jobs.sweep-interval",
                        "avatar.jobs.workers",
                        "avatar.media.fetch.connect-timeout",
                        "avatar.media.fetch.max-redirects",
                        "avatar.media.fetch.read-timeout",
                        "avatar.media.fetch.total-timeout",
                        "avatar.media.max-audio-bytes",
                        "avatar.media.max-audio-duration",
                        "avatar.media.max-driving-duration",
                        "avatar.media.max-driving-pixels",
                        "avatar.media.max-image-bytes",
                        "avatar.media.max-image-pixels",
                        "avatar.media.max-video-bytes",
                        "avatar.media.video-quantizer",
                        "avatar.models.cache",
                        "avatar.models.directory",
                        "avatar.models.download.connect-timeout",
                        "avatar.models.download.read-timeout",
                        "avatar.models.download.retries",
                        "avatar.models.download.retry-delay",
                        "avatar.models.mirrors",
                        "avatar.models.sadtalker-root",
                        "avatar.models.verify",
                        "avatar.preview.max-side",
                        "avatar.security.api-keys",
                        "avatar.security.cors.allowed-origins",
                        "avatar.security.enabled",
                        "avatar.security.rate-limit.concurrent-jobs",
                        "avatar.security.rate-limit.requests-per-minute",
                        "avatar.server.heartbeat",
                        "avatar.server.max-batch-size",
                        "avatar.server.max-json-size",
                        "avatar.server.max-submissions",
                        "avatar.server.public-url",
                        "avatar.server.retry-after",
                        "avatar.server.sync-wait",
                        "avatar.server.state-dir",
                        "avatar.server.work-dir",
                        "avatar.storage.bucket",
                        "avatar.storage.gcs.endpoint",
                        "avatar.storage.input-buckets",
                        "avatar.storage.local.directory",
                        "avatar.storage.prefix",
                        "avatar.storage.provider",
                        "avatar.storage.public",
                        "avatar.storage.s3.endpoint",
                        "avatar.storage.s3.path-style",
                        "avatar.storage.s3.public-endpoint",
                        "avatar.storage.s3.region",
                        "avatar.storage.signed-url-ttl",
                        "avatar.storage.upload-attempts",
                        "avatar.storage.upload-backoff",
                        "avatar.torch.device",
                        "avatar.torch.memory-fraction",
                        "avatar.torch.native-cache",
                        "avatar.torch.precision",
                        "avatar.torch.threads",
                        "avatar.webhooks.concurrency",
                        "avatar.webhooks.concurrency-per-receiver",
                        "avatar.webhooks.connect-timeout",
                        "avatar.webhooks.retry-delays",
                        "avatar.webhooks.secrets",
                        "avatar.webhooks.timeout");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyKeyIsDescribedAsSpringBootDoes(JsonNode property) {
        String description = property.path("description").asText();

        assertThat(description)
                .as(name(property))
                .matches("[A-Z].*\\.")
                .doesNotStartWith("The ")
                .doesNotContain("{@")
                .doesNotContainIgnoringCase("defaults to");
        if (property.get("type").asText().equals("java.lang.Boolean")) {
            assertThat(description).as(name(property)).startsWith("Whether ");
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyKeyHasADefaultOrSaysWhatHappensWithoutOne(JsonNode property) {
        String name = name(property);

        assertThat(property.has("defaultValue")).as(name).isNotEqualTo(WITHOUT_DEFAULT.contains(name));
        if (WITHOUT_DEFAULT.contains(name)) {
            assertThat(property.get("description").asText()).as(name).endsWith("when not set.");
        }
    }

    static Stream<JsonNode> properties() throws IOException {
        // The server's own: each jar on the class path has a file of this name.
        Path classes = Path.of(ServerApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        JsonNode metadata = new ObjectMapper()
                .readTree(classes.resolve("META-INF/spring-configuration-metadata.json")
                        .toFile());
        return StreamSupport.stream(metadata.get("properties").spliterator(), false);
    }

    private static String name(JsonNode property) {
        return property.get("name").asText();
    }
}
