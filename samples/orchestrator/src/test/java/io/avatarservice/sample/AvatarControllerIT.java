package io.avatarservice.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.avatarservice.client.fake.FakeAvatarServer;
import io.avatarservice.client.fake.FakeJob;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;
import reactor.test.StepVerifier;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class AvatarControllerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final FakeAvatarServer SERVER = new FakeAvatarServer();

    private final WebTestClient http;

    AvatarControllerIT(@Autowired WebTestClient http) {
        this.http = http.mutate().responseTimeout(PATIENCE).build();
    }

    @DynamicPropertySource
    static void useTheFakeServer(DynamicPropertyRegistry properties) {
        properties.add("avatar.service.base-url", SERVER::baseUrl);
        properties.add("avatar.client.poll-interval", () -> "10ms");
    }

    @Test
    void showsProgressAndThenTheVideo() {
        StepVerifier.create(create().getResponseBody())
                .expectNext(new AvatarProgress("queued", null, 0.0, null, null, null))
                .expectNext(new AvatarProgress("running", "rendering", 0.4127, null, null, null))
                .assertNext(last -> {
                    assertThat(last.status()).isEqualTo("completed");
                    assertThat(last.progress()).isEqualTo(1);
                    assertThat(last.videoUrl()).hasPath("/media/job-1.mp4");
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void renderThatFailsLaterEndsWithTheReason() {
        SERVER.nextJobFails("FACE_NOT_FOUND", "no face in the portrait");

        StepVerifier.create(create().getResponseBody().takeLast(1))
                .expectNext(new AvatarProgress(
                        "error", null, null, null, FailureKind.FACE_NOT_FOUND, "no face in the portrait"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void refusedRequestIsAProblem() {
        SERVER.faults(FaultPlan.listed(
                Operation.SUBMIT, Fault.status(415, "UNSUPPORTED_MEDIA").retryAfter(Duration.ofSeconds(7))));

        post().expectStatus()
                .isBadRequest()
                .expectHeader()
                .valueEquals("Retry-After", "7")
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("image: neither JPEG, PNG nor WebP")
                .jsonPath("$.kind")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.errors[0].field")
                .isEqualTo("image");
    }

    @Test
    void missingPartIsAProblem() {
        MultipartBodyBuilder parts = new MultipartBodyBuilder();
        parts.part("portrait", new byte[] {1}).filename("portrait.png");

        http.post()
                .uri("/avatars")
                .bodyValue(parts.build())
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Required request part 'speech' is not present.");
    }

    @Test
    void clientThatHangsUpCancelsItsRender() {
        SERVER.statuses("queued", "running");

        StepVerifier.create(create().getResponseBody())
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(SERVER.jobs()).extracting(FakeJob::status).containsExactly("cancelled"));
    }

    private FluxExchangeResult<AvatarProgress> create() {
        return post().expectStatus().isOk().returnResult(AvatarProgress.class);
    }

    private WebTestClient.ResponseSpec post() {
        return http.post()
                .uri("/avatars")
                .accept(MediaType.APPLICATION_NDJSON, MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(portraitAndSpeech())
                .exchange();
    }

    private static MultiValueMap<String, HttpEntity<?>> portraitAndSpeech() {
        MultipartBodyBuilder parts = new MultipartBodyBuilder();
        parts.part("portrait", new byte[] {1}).filename("portrait.png");
        parts.part("speech", new byte[] {2}).filename("speech.wav");
        parts.part("driver", "preview");
        return parts.build();
    }
}
