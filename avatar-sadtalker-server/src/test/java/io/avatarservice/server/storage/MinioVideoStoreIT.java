package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The real SDK against MinIO. Skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class MinioVideoStoreIT extends VideoStoreContractTests {

    private static final String BUCKET = "videos";
    private static final VideoFolder FOLDER = new VideoFolder(BUCKET, "avatar-outputs/", false);

    @Container
    private static final MinIOContainer MINIO = new MinIOContainer("minio/minio:RELEASE.2025-04-22T22-12-26Z")
            .withUserName(S3ProxyServer.ACCESS_KEY)
            .withPassword(S3ProxyServer.SECRET_KEY);

    private final HttpClient browser = HttpClient.newHttpClient();
    private final VideoStore store = store(Duration.ofHours(1));

    @BeforeAll
    static void createBucket() {
        try (var client = S3ProxyServer.client(S3ProxyServer.ACCESS_KEY, endpoint())) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    private static URI endpoint() {
        return URI.create(MINIO.getS3URL());
    }

    private static VideoStore store(Duration lifetime) {
        return new BucketVideoStore(
                S3ProxyServer.objects(S3ProxyServer.ACCESS_KEY, endpoint()),
                FOLDER,
                new SignedLinks(lifetime, Clock.systemUTC()));
    }

    @Override
    VideoStore store() {
        return store;
    }

    @Override
    Optional<byte[]> download(VideoKey video) throws Exception {
        HttpResponse<byte[]> answer = get(store.link(video).url());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(answer.body());
    }

    @Test
    void anExpiredAddressIsRefusedAndAFreshOneWorks() throws Exception {
        VideoStore brief = store(Duration.ofSeconds(1));
        brief.put(key, rendered);
        URI first = brief.link(key).url();

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(get(first).statusCode()).isEqualTo(403));

        assertThat(get(brief.freshLink(key).url()).body()).isEqualTo(utf8("video"));
    }

    private HttpResponse<byte[]> get(URI address) throws Exception {
        return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }
}
