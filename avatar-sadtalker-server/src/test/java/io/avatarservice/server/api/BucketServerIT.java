package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.storage.S3ProxyServer;
import io.avatarservice.server.support.TestMedia;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.core.sync.RequestBody;

/** The server with its videos, and its inputs, in a bucket that speaks S3. */
@DirtiesContext // its bucket goes with this class
@SuppressWarnings("NullAway.Init") // the bucket is there before the server is
class BucketServerIT extends ServerIT {

    private static final String BUCKET = "videos";

    private static S3ProxyServer bucket;

    @DynamicPropertySource
    static void storage(DynamicPropertyRegistry registry) throws Exception {
        bucket = new S3ProxyServer(BUCKET);
        System.setProperty("aws.accessKeyId", S3ProxyServer.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3ProxyServer.SECRET_KEY);
        registry.add("avatar.storage.provider", () -> "s3");
        registry.add("avatar.storage.bucket", () -> BUCKET);
        registry.add("avatar.storage.input-buckets", () -> "inputs");
        registry.add("avatar.storage.s3.endpoint", () -> bucket.endpoint());
        registry.add("avatar.storage.s3.path-style", () -> true);
        registry.add("avatar.storage.signed-url-ttl", () -> "1h");
    }

    @AfterAll
    static void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        bucket.close();
    }

    @Test
    void theSignedAddressOfAJobDownloadsItsVideo() throws Exception {
        JsonNode result = awaitStatus(submit(), "completed").get("result");

        HttpResponse<byte[]> video = get(result.get("video_url").asText());

        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(video.body()).hasSize(result.get("size_bytes").asInt());
        assertThat(Instant.parse(result.get("expires_at").asText())).isBetween(in(59), in(61));
    }

    @Test
    void generateSaysWhenItsAddressExpires() {
        JsonNode answer = post("/generate", goodRequest())
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(answer).isNotNull();
        assertThat(Instant.parse(answer.get("expires_at").asText())).isBetween(in(59), in(61));
    }

    @Test
    void aFreshAddressDownloadsTheSameVideo() throws Exception {
        String id = submit();
        JsonNode result = awaitStatus(id, "completed").get("result");

        JsonNode signed = Objects.requireNonNull(http.post()
                .uri("/v1/jobs/" + id + "/video-url")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());

        assertThat(get(signed.get("video_url").asText()).body())
                .isEqualTo(get(result.get("video_url").asText()).body());
        assertThat(Instant.parse(signed.get("expires_at").asText())).isBetween(in(59), in(61));
    }

    @Test
    void inputsAreReadFromTheBuckets() {
        bucket.client().createBucket(create -> create.bucket("inputs"));
        bucket.client()
                .putObject(put -> put.bucket("inputs").key("a portrait.png"), RequestBody.fromBytes(TestMedia.png()));
        bucket.client().putObject(put -> put.bucket(BUCKET).key("speech.wav"), RequestBody.fromBytes(TestMedia.wav(1)));

        post("/generate", request("image_url", "s3://inputs/a portrait.png", "audio_url", "s3://videos/speech.wav"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("completed");
    }

    @Test
    void anotherBucketIsRefusedByName() {
        post("/v1/jobs", request("image_url", "s3://secrets/a.png", "audio_url", "s3://videos/speech.wav"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("image_url")
                .jsonPath("$.detail")
                .isEqualTo("image_url names the bucket 'secrets', from which this server may not read");
    }

    @Test
    void theServerServesNoVideosItself() {
        http.get()
                .uri("/media/00000000-0000-4000-8000-000000000000.mp4")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void callsToTheBucketAreMeasured() {
        awaitStatus(submit(), "completed");

        String metrics = http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(metrics)
                .contains("avatar_storage_operations_seconds_count"
                        + "{operation=\"put\",outcome=\"success\",provider=\"s3\"}");
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static Instant in(int minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes));
    }
}
