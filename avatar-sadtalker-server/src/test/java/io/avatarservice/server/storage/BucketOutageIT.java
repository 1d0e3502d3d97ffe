package io.avatarservice.server.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A bucket that answers 503 for a while, or for good, behind the whole chain that a job stores its video with. */
@SuppressWarnings("NullAway.Init") // prepared before each test
class BucketOutageIT {

    @RegisterExtension
    static final WireMockExtension BUCKET = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final VideoKey key = VideoKey.random();
    private final String path = "/videos/avatar-outputs/" + key.value();
    private final List<Duration> pauses = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path directory;

    private Path rendered;
    private ObjectStore objects;

    @BeforeEach
    void render() throws IOException {
        rendered = Files.writeString(directory.resolve("rendered.mp4"), "video");
        objects = S3ProxyServer.objects("identity", URI.create(BUCKET.baseUrl()));
    }

    @Test
    void theVideoIsStoredOnceTheBucketIsBack() {
        unavailable();
        VideoStore store = store(pause -> {
            pauses.add(pause);
            if (pauses.size() == 2) {
                available();
            }
        });

        StoredVideo video = store.put(key, rendered);

        assertThat(video).isEqualTo(new StoredVideo(key, "video/mp4", 5));
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(puts("error")).isEqualTo(2);
        assertThat(puts("success")).isEqualTo(1);
        BUCKET.verify(putRequestedFor(urlPathEqualTo(path)).withHeader("Content-Type", WireMock.equalTo("video/mp4")));
    }

    @Test
    void aBucketThatStaysAwayFailsTheUploadAndItsRemainsAreDeleted() {
        unavailable();
        VideoStore store = store(pauses::add);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                .withMessage("the video could not be stored: the bucket cannot be reached or refuses it");

        assertThat(pauses).hasSize(2);
        assertThat(rendered).hasContent("video");
        BUCKET.verify(WireMock.moreThanOrExactly(3), deleteRequestedFor(urlPathEqualTo(path)));
    }

    @Test
    void anUploadThatArrivesShortIsNoSuccess() {
        BUCKET.stubFor(any(anyUrl()).willReturn(ok()));
        BUCKET.stubFor(WireMock.head(urlPathEqualTo(path)).willReturn(ok().withHeader("Content-Length", "3")));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store(pauses::add).put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE));
    }

    @Test
    void theServerStartsWithoutABucketThatMayComeBack() {
        unavailable();

        assertThatNoException()
                .isThrownBy(new BucketProbe(objects, new VideoFolder("videos", "avatar-outputs/", false))::run);
    }

    private VideoStore store(Retries.Pause pause) {
        BucketVideoStore bucket = new BucketVideoStore(
                objects,
                new VideoFolder("videos", "avatar-outputs/", false),
                new SignedLinks(Duration.ofHours(1), Clock.systemUTC()));
        return new RetryingVideoStore(
                new MeteredVideoStore(
                        bucket, new StorageMetrics(meters, StorageProvider.S3), new StoreCondition(Clock.systemUTC())),
                new Retries(3, Duration.ofSeconds(2), pause));
    }

    private long puts(String outcome) {
        return meters.get("avatar.storage.operations")
                .tags("provider", "s3", "operation", "put", "outcome", outcome)
                .timer()
                .count();
    }

    private static void unavailable() {
        BUCKET.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
    }

    private void available() {
        BUCKET.stubFor(any(anyUrl()).willReturn(ok().withHeader("ETag", "\"1\"")));
        BUCKET.stubFor(WireMock.head(urlPathEqualTo(path)).willReturn(ok().withHeader("Content-Length", "5")));
    }
}
