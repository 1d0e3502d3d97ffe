package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real SDK, by HTTP, against an emulator of the calls it makes. */
class GcsVideoStoreIT extends VideoStoreContractTests {

    private static final String BUCKET = "videos";
    private static final VideoFolder FOLDER = new VideoFolder(BUCKET, "avatar-outputs/", true);

    private final HttpClient browser = HttpClient.newHttpClient();
    private final FakeGcsServer server = new FakeGcsServer(BUCKET);
    private final ObjectStore objects = new GcsObjectStore(server.client(), server.endpoint(), Clock.systemUTC());
    private final VideoStore store = store(FOLDER);

    GcsVideoStoreIT() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    VideoStore store() {
        return store;
    }

    @Override
    Optional<byte[]> download(VideoKey video) throws Exception {
        HttpResponse<byte[]> answer =
                browser.send(HttpRequest.newBuilder(store.link(video).url()).build(), BodyHandlers.ofByteArray());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(answer.body());
    }

    @Test
    void theVideoHasItsContentTypeAndPrefix() {
        store.put(key, rendered);

        assertThat(server.contentType("avatar-outputs/" + key.value())).isEqualTo("video/mp4");
    }

    @Test
    void anUploadGoesOnWhereItsConnectionWasLost() throws Exception {
        Files.write(rendered, new byte[20 << 20]);
        server.breakNextUploads(1);

        store.put(key, rendered);

        assertThat(download(key)).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(20 << 20));
        assertThat(server.offsets()).containsExactly(0, 10 << 20);
    }

    @Test
    void aStoreThatIsBusyForAMomentIsAskedAgain() throws Exception {
        server.failNext(2);

        store.put(key, rendered);

        assertThat(download(key)).hasValue(utf8("video"));
    }

    @Test
    void aStoreThatStaysAwayFailsTheUploadAndNothingIsLeft() {
        server.failNext(1000);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                .withMessageNotContaining("upload_id")
                .withMessageNotContaining("http");

        server.failNext(0);
        assertThat(server.isEmpty()).isTrue();
        assertThat(rendered).hasContent("video");
    }

    @Test
    void theProbeAcceptsAGoodBucketAndLeavesNothingInIt() {
        new BucketProbe(objects, FOLDER).run();

        assertThat(server.isEmpty()).isTrue();
    }

    @Test
    void theProbeNamesABucketThatDoesNotExist() {
        BucketProbe probe = new BucketProbe(objects, new VideoFolder("nowhere", "", true));

        assertThatExceptionOfType(StorageConfigurationException.class)
                .isThrownBy(probe::run)
                .withMessageContaining("the bucket 'nowhere' (gs) does not exist")
                .satisfies(e -> assertThat(e.action()).contains("MEDIA_BUCKET"));
    }

    @Test
    void theProbeNamesCredentialsThatCannotSign() {
        BucketProbe probe = new BucketProbe(objects, new VideoFolder(BUCKET, "", false));

        assertThatExceptionOfType(StorageConfigurationException.class)
                .isThrownBy(probe::run)
                .withMessageContaining("cannot sign")
                .satisfies(e -> assertThat(e.action()).contains("GCS_PUBLIC", "signBlob"));
        assertThat(server.isEmpty()).isTrue();
    }

    @Test
    void anInputIsReadFromTheBucket() throws IOException {
        store.put(key, rendered);
        Path target = directory.resolve("image");
        URI address = reader().check("gs://videos/avatar-outputs/" + key.value(), "image_url");

        reader().read(address, target, 5, "image_url");

        assertThat(target).hasContent("video");
    }

    @Test
    void anInputThatIsTooLargeIsGivenUpAndLeavesNothing() {
        store.put(key, rendered);
        Path target = directory.resolve("image");
        URI address = reader().check("gs://videos/avatar-outputs/" + key.value(), "image_url");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader().read(address, target, 4, "image_url"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE));
        assertThat(target).doesNotExist();
    }

    @Test
    void anInputThatDoesNotExistIsTheRequestsFault() {
        URI address = reader().check("gs://videos/nothing.png", "image_url");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader().read(address, directory.resolve("image"), 1000, "image_url"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST))
                .withMessage("image_url names an object that does not exist");
    }

    private ObjectReader reader() {
        return new BucketObjectReader(
                objects,
                Set.of(BUCKET),
                new Retries(1, Duration.ofMillis(1), pause -> {}),
                new StorageMetrics(new SimpleMeterRegistry(), StorageProvider.GCS));
    }

    private VideoStore store(VideoFolder folder) {
        return new BucketVideoStore(objects, folder, new SignedLinks(Duration.ofHours(1), Clock.systemUTC()));
    }
}
