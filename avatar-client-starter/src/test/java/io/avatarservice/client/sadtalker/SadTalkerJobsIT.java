package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.JobFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** How a job is read. */
class SadTalkerJobsIT extends SadTalkerContract {
    @Test
    void runningJobIsRead() {
        found("""
                {"id": "0198c0de", "status": "running", "driver": "preview", "stage": "rendering", "progress": 0.25}
                """);

        StepVerifier.create(provider.find(JOB))
                .expectNext(AvatarJob.builder(SadTalkerAvatarProvider.ID, JOB, AvatarJobStatus.RUNNING)
                        .driver("preview")
                        .stage("rendering")
                        .progress(0.25)
                        .build())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void completedJobIsRead() {
        found("""
                {"id": "0198c0de", "status": "completed", "driver": "preview", "progress": 1.0,
                 "result": {"video_url": "http://localhost/media/a.mp4", "content_type": "video/mp4",
                            "size_bytes": 123456, "duration_seconds": 4.32, "width": 640, "height": 480,
                            "frame_rate": 25.0, "frame_count": 108}}
                """);

        StepVerifier.create(provider.find(JOB).mapNotNull(AvatarJob::video))
                .expectNext(
                        AvatarVideo.builder(SadTalkerAvatarProvider.ID, JOB, URI.create("http://localhost/media/a.mp4"))
                                .sizeBytes(123_456L)
                                .duration(Duration.ofMillis(4320))
                                .width(640)
                                .height(480)
                                .frameRate(25.0)
                                .build())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void relativeVideoAddressIsThatOfTheServer() {
        found("""
                {"id": "0198c0de", "status": "completed", "result": {"video_url": "/media/a.mp4"}}
                """);

        StepVerifier.create(provider.find(JOB).mapNotNull(AvatarJob::video).map(AvatarVideo::url))
                .expectNext(URI.create(SERVER.baseUrl() + "/media/a.mp4"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-03T03:04:05Z, 2026-01-03T03:04:05Z", "tomorrow,"})
    void endOfASignedAddressIsTold(String sent, @Nullable Instant understood) {
        found("""
                {"id": "0198c0de", "status": "completed",
                 "result": {"video_url": "https://bucket.example.com/a.mp4?sig=1", "expires_at": "%s"}}
                """.formatted(sent));

        StepVerifier.create(provider.find(JOB).mapNotNull(AvatarJob::video))
                .assertNext(video -> assertThat(video.expiresAt()).isEqualTo(understood))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void completedJobWithoutAVideoIsNotUnderstood() {
        found("""
                {"id": "0198c0de", "status": "completed"}
                """);

        StepVerifier.create(provider.find(JOB))
                .expectErrorSatisfies(failure(
                        FailureKind.UNAVAILABLE,
                        failure -> assertThat(failure)
                                .hasMessage(SERVER.baseUrl() + " answered with a completed job without a video")))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "FACE_NOT_FOUND, FACE_NOT_FOUND",
        "UNSUPPORTED_MEDIA, INVALID_REQUEST",
        "DRIVER_NOT_READY, UNSUPPORTED",
        "TIMEOUT, TIMEOUT",
        "RENDER_FAILED, RENDER_FAILED",
        "STORAGE_UNAVAILABLE, RENDER_FAILED",
        "INTERNAL, RENDER_FAILED",
        "SOMETHING_NEW, RENDER_FAILED"
    })
    void failedJobIsAJobAndNotAFailedCall(String code, FailureKind kind) {
        found("""
                {"id": "0198c0de", "status": "error",
                 "error": {"code": "%s", "message": "it did not work", "field": "image", "retryable": false}}
                """.formatted(code));

        StepVerifier.create(provider.find(JOB).mapNotNull(AvatarJob::failure))
                .expectNext(
                        new JobFailure(kind, "it did not work", List.of(new FieldError("image", "it did not work"))))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"0198c0de\",\"status\":\"warming_up\",\"mood\":{\"new\":[1]}} | RUNNING",
                "{\"id\":\"0198c0de\",\"status\":\"lost\",\"error\":{\"code\":\"X\"}} | ERROR",
                "{\"id\":\"0198c0de\",\"status\":\"stored\",\"result\":{\"video_url\":\"/v.mp4\"}} | COMPLETED",
                "{\"id\":\"0198c0de\"} | RUNNING",
                "{\"id\":\"0198c0de\",\"status\":\"running\",\"progress\":1.7} | RUNNING"
            })
    void newerServerIsTolerated(String body, AvatarJobStatus status) {
        found(body);

        StepVerifier.create(provider.find(JOB).map(AvatarJob::status))
                .expectNext(status)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void unknownJobIsEmpty() {
        SERVER.stubFor(get("/v1/jobs/0198c0de").willReturn(problem(404, "NOT_FOUND", "no such job")));

        StepVerifier.create(provider.find(JOB)).expectComplete().verify(PATIENCE);
    }

    @Test
    void anotherServersNotFoundIsNotAnUnknownJob() {
        SERVER.stubFor(
                get("/v1/jobs/0198c0de").willReturn(aResponse().withStatus(404).withBody("<h1>Not Found</h1>")));

        StepVerifier.create(provider.find(JOB))
                .expectErrorSatisfies(failure(
                        FailureKind.UNSUPPORTED,
                        failure -> assertThat(failure).hasMessage(SERVER.baseUrl() + " answered HTTP 404")))
                .verify(PATIENCE);
    }
}
