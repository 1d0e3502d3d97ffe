package io.avatarservice.server.storage;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The real SDK against an emulator that others wrote. Skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
@SuppressWarnings("NullAway.Init") // set before all tests
class GcsEmulatorVideoStoreIT extends VideoStoreContractTests {

    private static final String BUCKET = "videos";
    private static final int PORT = 4443;

    @Container
    private static final GenericContainer<?> EMULATOR = new GenericContainer<>("fsouza/fake-gcs-server:1.52.2")
            .withExposedPorts(PORT)
            .withCreateContainerCmdModifier(
                    command -> command.withEntrypoint("/bin/fake-gcs-server", "-scheme", "http", "-backend", "memory"))
            .waitingFor(Wait.forHttp("/storage/v1/b").forPort(PORT));

    private static Storage client;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final VideoStore store = new BucketVideoStore(
            new GcsObjectStore(client, endpoint(), Clock.systemUTC()),
            new VideoFolder(BUCKET, "avatar-outputs/", true),
            new SignedLinks(Duration.ofHours(1), Clock.systemUTC()));

    @BeforeAll
    static void createBucket() throws Exception {
        // its uploads go on at an address that it has to be told: the port is known only now
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint().resolve("/_internal/config"))
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"externalUrl\": \"%s\"}".formatted(endpoint())))
                                .build(),
                        BodyHandlers.discarding());
        client = StorageOptions.http()
                .setHost(endpoint().toString())
                .setCredentials(NoCredentials.getInstance())
                .setProjectId("test")
                .build()
                .getService();
        client.create(BucketInfo.of(BUCKET));
    }

    private static URI endpoint() {
        return URI.create("http://%s:%d".formatted(EMULATOR.getHost(), EMULATOR.getMappedPort(PORT)));
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
}
