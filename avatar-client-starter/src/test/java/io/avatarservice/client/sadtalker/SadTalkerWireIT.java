package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import io.avatarservice.client.fake.WireFiles;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** The client reads and writes the bodies that the server's own tests hold the server to. */
class SadTalkerWireIT extends SadTalkerContract {

    private static final JobId RECORDED = JobId.of("0198c0de-0a1b-7c2d-8e3f-405162738495");

    static Stream<Arguments> jobs() {
        return Stream.of(
                Arguments.of(
                        "job-queued",
                        job(AvatarJobStatus.QUEUED).queuePosition(1).build()),
                Arguments.of(
                        "job-running",
                        job(AvatarJobStatus.RUNNING)
                                .progress(0.4127)
                                .stage("rendering")
                                .build()),
                Arguments.of(
                        "job-completed",
                        job(AvatarJobStatus.COMPLETED)
                                .progress(1)
                                .video(AvatarVideo.builder(
                                                SadTalkerAvatarProvider.ID,
                                                RECORDED,
                                                URI.create("http://localhost:8001/media/" + RECORDED + ".mp4"))
                                        .duration(Duration.ofSeconds(1))
                                        .sizeBytes(48211L)
                                        .width(64)
                                        .height(64)
                                        .frameRate(25.0)
                                        .build())
                                .build()),
                Arguments.of(
                        "job-error",
                        job(AvatarJobStatus.ERROR)
                                .failure(new JobFailure(
                                        FailureKind.FACE_NOT_FOUND,
                                        "no face was found in the portrait",
                                        List.of(new FieldError("image_b64", "no face was found in the portrait"))))
                                .build()),
                Arguments.of(
                        "job-cancelled",
                        job(AvatarJobStatus.CANCELLED)
                                .progress(0.4127)
                                .failure(new JobFailure(FailureKind.CANCELLED, "the job was cancelled", List.of()))
                                .build()));
    }

    private static AvatarJob.Builder job(AvatarJobStatus status) {
        return AvatarJob.builder(SadTalkerAvatarProvider.ID, RECORDED, status).driver("preview");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void readsJobs(String file, AvatarJob expected) {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(WireFiles.text(file))));

        StepVerifier.create(provider.find(RECORDED))
                .expectNext(expected)
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid-request, INVALID_REQUEST",
        "authentication, AUTHENTICATION",
        "forbidden, AUTHENTICATION",
        "not-found, UNSUPPORTED",
        "method-not-allowed, UNSUPPORTED",
        "not-acceptable, INVALID_REQUEST",
        "conflict, INVALID_REQUEST",
        "payload-too-large, INVALID_REQUEST",
        "unsupported-media, INVALID_REQUEST",
        "face-not-found, FACE_NOT_FOUND",
        "idempotency-key-reused, INVALID_REQUEST",
        "cancelled, CANCELLED",
        "rate-limited, RATE_LIMITED",
        "render-failed, RENDER_FAILED",
        "internal, UNAVAILABLE",
        "unsupported, UNSUPPORTED",
        "driver-not-ready, UNSUPPORTED",
        "queue-full, UNAVAILABLE",
        "shutting-down, UNAVAILABLE",
        "storage-unavailable, UNAVAILABLE",
        "timeout, TIMEOUT"
    })
    void readsProblems(String file, FailureKind kind) {
        String body = WireFiles.text("problem-" + file);
        SERVER.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withStatus(Json.node(body).path("status").asInt())
                        .withHeader("Content-Type", "application/problem+json")
                        .withBody(body)));

        StepVerifier.create(provider.submit(KEYED))
                .expectErrorSatisfies(failure(kind, failure -> {
                    assertThat(failure)
                            .hasMessage(Json.node(body).path("detail").asText());
                    assertThat(failure.fieldErrors())
                            .hasSize(Json.node(body).path("errors").size());
                }))
                .verify(PATIENCE);
    }

    @Test
    void writesSubmits() {
        accept();
        AvatarRequest request = AvatarRequest.builder(
                        MediaSource.url(URI.create("https://media.example.com/portrait.png?signature=a%2Bb")),
                        MediaSource.url(URI.create("https://media.example.com/speech.wav?signature=a%2Bb")))
                .driver("preview")
                .option("seed", 7)
                .option("still", true)
                .build();

        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(1, postRequestedFor(anyUrl()).withRequestBody(equalToJson(WireFiles.text("submit"))));
    }
}
