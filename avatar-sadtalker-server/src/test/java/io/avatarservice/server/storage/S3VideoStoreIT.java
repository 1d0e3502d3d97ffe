package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** The real SDK against a server of the same protocol, which checks signatures. */
@SuppressWarnings("NullAway.Init") // the server is started before all tests
class S3VideoStoreIT extends VideoStoreContractTests {

    private static final String BUCKET = "videos";
    private static final VideoFolder FOLDER = new VideoFolder(BUCKET, "avatar-outputs/", false);

    private static S3ProxyServer server;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final VideoStore store = store(Duration.ofHours(1));

    @BeforeAll
    static void start() throws Exception {
        server = new S3ProxyServer(BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
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
    void aSignedAddressDownloadsTheVideoAsAVideo() throws Exception {
        store.put(key, rendered);

        HttpResponse<byte[]> answer = get(store.link(key).url());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
    }

    @Test
    void anAddressSaysWhenItExpires() {
        Instant before = Instant.now();

        VideoLink link = store.link(key);

        assertThat(link.expiresAt())
                .isBetween(before.plusSeconds(3590), Instant.now().plusSeconds(3610));
        assertThat(link.url().getQuery()).contains("X-Amz-Expires=3600");
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

    @Test
    void anAddressThatWasChangedIsRefused() throws Exception {
        VideoKey other = VideoKey.random();
        store.put(key, rendered);
        store.put(other, rendered);
        String changed = store.link(key).url().toString().replace(key.value(), other.value());

        assertThat(get(URI.create(changed)).statusCode()).isEqualTo(403);
    }

    @Test
    void aPublicVideoHasAPlainAddressThatNeverExpires() {
        VideoFolder open = new VideoFolder(BUCKET, "avatar-outputs/", true);

        VideoLink link = store(server.objects(), open, Duration.ofHours(1)).link(key);

        assertThat(link)
                .isEqualTo(
                        new VideoLink(URI.create(server.endpoint() + "/videos/avatar-outputs/" + key.value()), null));
    }

    @Test
    void theProbeAcceptsAGoodBucketAndLeavesNothingInIt() throws Exception {
        try (S3ProxyServer fresh = new S3ProxyServer(BUCKET)) {
            new BucketProbe(fresh.objects(), FOLDER).run();

            assertThat(fresh.client().listObjectsV2(list -> list.bucket(BUCKET)).contents())
                    .isEmpty();
        }
    }

    @Test
    void theProbeNamesABucketThatDoesNotExist() {
        BucketProbe probe = new BucketProbe(server.objects(), new VideoFolder("nowhere", "", false));

        assertThatExceptionOfType(StorageConfigurationException.class)
                .isThrownBy(probe::run)
                .withMessageContaining("the bucket 'nowhere' (s3) does not exist")
                .satisfies(e -> assertThat(e.action()).contains("MEDIA_BUCKET"));
    }

    @Test
    void theProbeNamesCredentialsThatAreRefused() {
        BucketProbe probe = new BucketProbe(S3ProxyServer.objects("stranger", server.endpoint()), FOLDER);

        assertThatExceptionOfType(StorageConfigurationException.class)
                .isThrownBy(probe::run)
                .withMessageContaining("do not allow this server to write, read and delete")
                .withMessageNotContaining(S3ProxyServer.SECRET_KEY)
                .satisfies(e -> assertThat(e.action()).contains("s3:PutObject", "AWS_ACCESS_KEY_ID"));
    }

    @Test
    void aBucketThatIsGoneFailsTheUploadWithoutAnAddressInTheMessage() {
        VideoStore gone = store(server.objects(), new VideoFolder("gone", "", false), Duration.ofHours(1));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> gone.put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                .withMessageNotContaining("http");
        assertThat(rendered).hasContent("video");
    }

    @Test
    void anInputIsReadFromTheBucket() throws IOException {
        server.client()
                .putObject(put -> put.bucket(BUCKET).key("in/portrait one.png"), RequestBody.fromString("pixels"));
        Path target = directory.resolve("image");
        ObjectReader reader = reader();

        reader.read(reader.check("s3://videos/in/portrait one.png", "image_url"), target, 6, "image_url");

        assertThat(target).hasContent("pixels");
    }

    @Test
    void anInputThatIsTooLargeIsGivenUpAndLeavesNothing() throws IOException {
        Files.write(rendered, new byte[3 << 20]);
        store.put(key, rendered);
        Path target = directory.resolve("image");
        URI address = reader().check("s3://videos/avatar-outputs/" + key.value(), "image_url");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader().read(address, target, 1000, "image_url"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE))
                .withMessageContaining("limit of 1,000 bytes");
        assertThat(target).doesNotExist();
    }

    @Test
    void anInputThatDoesNotExistIsTheRequestsFault() {
        URI address = reader().check("s3://videos/nothing.png", "image_url");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader().read(address, directory.resolve("image"), 1000, "image_url"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST))
                .withMessage("image_url names an object that does not exist");
    }

    private static ObjectReader reader() {
        return new BucketObjectReader(
                server.objects(),
                Set.of(BUCKET),
                new Retries(1, Duration.ofMillis(1), pause -> {}),
                new StorageMetrics(new SimpleMeterRegistry(), StorageProvider.S3));
    }

    private static VideoStore store(Duration lifetime) {
        return store(Objects.requireNonNull(server).objects(), FOLDER, lifetime);
    }

    private static VideoStore store(ObjectStore objects, VideoFolder folder, Duration lifetime) {
        return new BucketVideoStore(objects, folder, new SignedLinks(lifetime, Clock.systemUTC()));
    }

    private HttpResponse<byte[]> get(URI url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }
}
