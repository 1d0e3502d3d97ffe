package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Storage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.services.s3.S3Client;

/** From the environment variables of the deployments down to the store. */
class StorageConfigurationTests {

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withUserConfiguration(StorageConfiguration.class);

    @ParameterizedTest
    @ValueSource(strings = {"UPLOAD_PROVIDER=", "UPLOAD_PROVIDER=local", "UPLOAD_PROVIDER=LOCAL"})
    void videosStayOnThisMachineByDefaultAndNoClientIsMade(String variable) {
        runner.withPropertyValues(variable, "avatar.storage.local.directory=" + directory)
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(LocalVideoStore.class);
                    assertThat(context).doesNotHaveBean(S3Client.class).doesNotHaveBean(Storage.class);
                    assertThat(context.getBean(VideoStore.class).location()).isEqualTo(directory.toString());
                });
    }

    @Test
    void theVariablesOfTheDeploymentsAreRead() {
        runner.withPropertyValues(
                        "MEDIA_BUCKET=videos",
                        "MEDIA_PREFIX=/clips",
                        "GCS_SIGNED_URL_TTL=3600",
                        "GCS_PUBLIC=true",
                        "avatar.storage.local.directory=" + directory)
                .run(context -> {
                    StorageProperties properties = context.getBean(StorageProperties.class);
                    assertThat(properties.bucket()).isEqualTo("videos");
                    assertThat(properties.prefix()).isEqualTo("clips/");
                    assertThat(properties.signedUrlTtl()).isEqualTo(Duration.ofHours(1));
                    assertThat(properties.publicRead()).isTrue();
                });
    }

    @Test
    void theirDefaultsAreThoseOfTheTable() {
        runner.withPropertyValues("GCS_SIGNED_URL_TTL=", "GCS_PUBLIC=", "avatar.storage.local.directory=" + directory)
                .run(context -> {
                    StorageProperties properties = context.getBean(StorageProperties.class);
                    assertThat(properties.bucket()).isNull();
                    assertThat(properties.prefix()).isEqualTo("avatar-outputs/");
                    assertThat(properties.signedUrlTtl()).isEqualTo(Duration.ofDays(1));
                    assertThat(properties.publicRead()).isFalse();
                });
    }

    @Test
    void aPropertyWinsOverAVariable() {
        runner.withPropertyValues(
                        "GCS_SIGNED_URL_TTL=10",
                        "avatar.storage.signed-url-ttl=100s",
                        "avatar.storage.local.directory=" + directory)
                .run(context -> assertThat(
                                context.getBean(StorageProperties.class).signedUrlTtl())
                        .isEqualTo(Duration.ofSeconds(100)));
    }

    @Test
    void s3ServesItsVideosFromTheBucket() throws Exception {
        try (S3ProxyServer server = new S3ProxyServer("videos")) {
            runner.withPropertyValues(
                            "UPLOAD_PROVIDER=s3",
                            "MEDIA_BUCKET=videos",
                            "avatar.storage.s3.endpoint=" + server.endpoint(),
                            "avatar.storage.s3.public-endpoint=https://media.example.com",
                            "avatar.storage.s3.path-style=true")
                    .withSystemProperties(
                            "aws.accessKeyId=" + S3ProxyServer.ACCESS_KEY,
                            "aws.secretAccessKey=" + S3ProxyServer.SECRET_KEY)
                    .run(context -> {
                        assertThat(context).hasNotFailed().doesNotHaveBean(Storage.class);
                        VideoStore store = context.getBean(VideoStore.class);
                        assertThat(store.location()).isEqualTo("s3://videos/avatar-outputs/");
                        assertThat(store.link(VideoKey.random()).url())
                                .hasHost("media.example.com")
                                .hasScheme("https");
                    });
        }
    }

    @Test
    void gcsServesItsVideosFromTheBucket() throws Exception {
        try (FakeGcsServer server = new FakeGcsServer("videos")) {
            runner.withPropertyValues(
                            "UPLOAD_PROVIDER=gcs",
                            "MEDIA_BUCKET=videos",
                            "GCS_PUBLIC=true",
                            "avatar.storage.gcs.endpoint=" + server.endpoint())
                    .run(context -> {
                        assertThat(context).hasNotFailed().doesNotHaveBean(S3Client.class);
                        VideoKey key = VideoKey.random();
                        VideoStore store = context.getBean(VideoStore.class);
                        assertThat(store.location()).isEqualTo("gs://videos/avatar-outputs/");
                        assertThat(store.link(key).url())
                                .hasToString(server.endpoint() + "/videos/avatar-outputs/" + key.value());
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcs", "s3"})
    void aMissingBucketStopsTheStartAndSaysWhatToSet(String provider) {
        runner.withPropertyValues("UPLOAD_PROVIDER=" + provider, "avatar.storage.gcs.endpoint=http://127.0.0.1:1")
                .run(context -> {
                    FailureAnalysis analysis = analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .isEqualTo("The videos cannot be stored: the provider '%s' needs a bucket"
                                    .formatted(provider));
                    assertThat(analysis.getAction())
                            .isEqualTo("Set avatar.storage.bucket (MEDIA_BUCKET) to the name of the bucket.");
                });
    }

    @Test
    void anUnknownProviderStopsTheStart() {
        runner.withPropertyValues("UPLOAD_PROVIDER=azure")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseMessage("No enum constant io.avatarservice.server.storage.StorageProvider.azure"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "8d"})
    void aLifetimeThatNoStoreSignsStopsTheStart(String lifetime) {
        runner.withPropertyValues("GCS_SIGNED_URL_TTL=" + lifetime, "avatar.storage.local.directory=" + directory)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(Exception.class)
                        .hasMessageContaining("signedUrlTtl"));
    }

    private static FailureAnalysis analyze(Throwable failure) {
        FailureAnalysis analysis = new StorageFailureAnalyzer().analyze(failure);
        assertThat(analysis).isNotNull();
        return analysis;
    }
}
