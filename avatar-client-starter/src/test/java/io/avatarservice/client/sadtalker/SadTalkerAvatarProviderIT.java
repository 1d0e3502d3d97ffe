package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The wire contract, with WireMock in the server's place. */
class SadTalkerAvatarProviderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JobId JOB = JobId.of("0198c0de");
    private static final byte[] PORTRAIT = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};
    private static final byte[] SPEECH = {'R', 'I', 'F', 'F', 0, -1, -2};
    private static final AvatarRequest UPLOAD =
            AvatarRequest.of(MediaSource.bytes(PORTRAIT), MediaSource.bytes(SPEECH));
    private static final AvatarRequest KEYED =
            UPLOAD.toBuilder().idempotencyKey("order-42").build();
    private static final String QUEUED = """
            {"id": "0198c0de", "status": "queued", "driver": "preview", "stage": null, "progress": 0.0,
             "queue_position": 3, "created_at": "2026-01-02T03:04:05Z", "started_at": null, "finished_at": null,
             "result": null, "error": null, "timings": {"queued_ms": 1}}
            """;

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private @Nullable String apiKey;
    private final SadTalkerAvatarProvider provider = provider(SERVER.baseUrl());

    private SadTalkerAvatarProvider provider(String baseUrl) {
        return SadTalkerAvatarProvider.builder(URI.create(baseUrl))
                .apiKey(() -> apiKey)
                .submitTimeout(Duration.ofSeconds(1))
                .responseTimeout(Duration.ofSeconds(1))
                .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
                .build();
    }

    @Test
    void submitsAddressesAsJson() {
        accept();
        AvatarRequest request = AvatarRequest.builder(
                        MediaSource.url(URI.create("https://media.example.com/p.png?sig=a%2Bb")),
                        MediaSource.url(URI.create("https://media.example.com/s.wav")))
                .driver("preview")
                .option("seed", 7)
                .option("blink", false)
                .build();

        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withHeader("Idempotency-Key", absent())
                        .withHeader("Authorization", absent())
                        .withRequestBody(equalToJson("""
                                {"image_url": "https://media.example.com/p.png?sig=a%2Bb",
                                 "audio_url": "https://media.example.com/s.wav",
                                 "driver": "preview", "options": {"seed": 7, "blink": false}}
                                """)));
    }

    @Test
    void submitsBytesAsMultipart() {
        accept();
        AvatarRequest request =
                KEYED.toBuilder().driver("preview").option("seed", 7).build();

        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withHeader("Content-Type", containing("multipart/form-data"))
                        .withHeader("Idempotency-Key", equalTo("order-42"))
                        .withRequestBodyPart(aMultipart("image")
                                .withHeader("Content-Disposition", containing("filename=\"image\""))
                                .withBody(binaryEqualTo(PORTRAIT))
                                .build())
                        .withRequestBodyPart(aMultipart("audio")
                                .withHeader("Content-Disposition", containing("filename=\"audio\""))
                                .withBody(binaryEqualTo(SPEECH))
                                .build())
                        .withRequestBodyPart(aMultipart("driver")
                                .withBody(equalTo("preview"))
                                .build())
                        .withRequestBodyPart(aMultipart("options")
                                .withHeader("Content-Type", containing("application/json"))
                                .withBody(equalToJson("{\"seed\": 7}"))
                                .build()));
    }

    @Test
    void submitsFilesAsMultipartWithoutTellingTheirNames(@TempDir Path directory) throws IOException {
        accept();
        Path portrait = Files.write(directory.resolve("confidential.png"), PORTRAIT);
        AvatarRequest request = AvatarRequest.of(MediaSource.file(portrait), MediaSource.bytes(SPEECH));

        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withRequestBodyPart(aMultipart("image")
                                .withHeader("Content-Disposition", containing("filename=\"image\""))
                                .withBody(binaryEqualTo(PORTRAIT))
                                .build()));
    }

    @Test
    void submitsAMixAsMultipartWithAddressesInFields() {
        accept();
        AvatarRequest request = AvatarRequest.builder(
                        MediaSource.bytes(PORTRAIT), MediaSource.url(URI.create("https://media.example.com/s.wav?x=1")))
                .drivingVideo(MediaSource.url(URI.create("https://media.example.com/d.mp4")))
                .build();

        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withRequestBodyPart(aMultipart("image")
                                .withBody(binaryEqualTo(PORTRAIT))
                                .build())
                        .withRequestBodyPart(aMultipart("audio_url")
                                .withBody(equalTo("https://media.example.com/s.wav?x=1"))
                                .build())
                        .withRequestBodyPart(aMultipart("driving_video_url")
                                .withBody(equalTo("https://media.example.com/d.mp4"))
                                .build()));
    }

    @Test
    void unreadableFileIsRefusedBeforeAnyCall(@TempDir Path directory) {
        AvatarRequest request =
                AvatarRequest.of(MediaSource.file(directory.resolve("gone.png")), MediaSource.bytes(SPEECH));

        StepVerifier.create(provider.submit(request))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .containsExactly(new FieldError("image", "is not a readable file"))))
                .verify(PATIENCE);

        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void acceptedJobIsRead() {
        accept();

        StepVerifier.create(provider.submit(KEYED))
                .expectNext(AvatarJob.builder(SadTalkerAvatarProvider.ID, JOB, AvatarJobStatus.QUEUED)
                        .driver("preview")
                        .queuePosition(3)
                        .build())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void apiKeyIsAskedForOnEachCall() {
        accept();

        apiKey = "first";
        StepVerifier.create(provider.submit(KEYED))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        apiKey = "second";
        StepVerifier.create(provider.submit(KEYED))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(1, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer first")));
        SERVER.verify(1, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer second")));
    }

    @Test
    void pathOfTheBaseUrlIsKept() {
        SERVER.stubFor(post("/avatars/v1/jobs")
                .willReturn(aResponse()
                        .withStatus(202)
                        .withHeader("Content-Type", "application/json")
                        .withBody(QUEUED)));

        StepVerifier.create(provider(SERVER.baseUrl() + "/avatars/").submit(KEYED))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

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

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST, INVALID_REQUEST",
        "401, AUTHENTICATION, AUTHENTICATION",
        "413, PAYLOAD_TOO_LARGE, INVALID_REQUEST",
        "415, UNSUPPORTED_MEDIA, INVALID_REQUEST",
        "422, FACE_NOT_FOUND, FACE_NOT_FOUND",
        "422, IDEMPOTENCY_KEY_REUSED, INVALID_REQUEST",
        "500, INTERNAL, UNAVAILABLE",
        "500, RENDER_FAILED, RENDER_FAILED",
        "501, UNSUPPORTED, UNSUPPORTED",
        "503, DRIVER_NOT_READY, UNSUPPORTED",
        "503, QUEUE_FULL, UNAVAILABLE",
        "503, STORAGE_UNAVAILABLE, UNAVAILABLE",
        "504, TIMEOUT, TIMEOUT",
        "409, CANCELLED, CANCELLED",
        "418, SOMETHING_NEW, INVALID_REQUEST",
        "503, SOMETHING_NEW, UNAVAILABLE"
    })
    void codeOfAProblemDecidesItsKind(int status, String code, FailureKind kind) {
        SERVER.stubFor(post("/v1/jobs").willReturn(problem(status, code, "what happened")));

        StepVerifier.create(provider.submit(KEYED))
                .expectErrorSatisfies(
                        failure(kind, failure -> assertThat(failure).hasMessage("what happened")))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, AUTHENTICATION",
        "402, QUOTA_EXHAUSTED",
        "403, AUTHENTICATION",
        "404, UNSUPPORTED",
        "405, UNSUPPORTED",
        "408, TIMEOUT",
        "413, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "451, CONTENT_REJECTED",
        "500, UNAVAILABLE",
        "501, UNSUPPORTED",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMEOUT",
        "302, UNAVAILABLE"
    })
    void statusDecidesTheKindOfAnAnswerThatIsNotOurs(int status, FailureKind kind) {
        SERVER.stubFor(post("/v1/jobs")
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<h1>gateway</h1>")));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(
                        kind, failure -> assertThat(failure).hasMessage(SERVER.baseUrl() + " answered HTTP " + status)))
                .verify(PATIENCE);
    }

    @Test
    void problemTellsItsFields() {
        SERVER.stubFor(post("/v1/jobs")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/problem+json")
                        .withBody("""
                                {"type": "about:blank", "title": "Bad Request", "status": 400,
                                 "detail": "two fields are wrong", "code": "INVALID_REQUEST", "retryable": false,
                                 "errors": [{"field": "options.seed", "message": "must be a number"},
                                            {"field": "driver", "message": "is unknown"}]}
                                """)));

        StepVerifier.create(provider.submit(KEYED))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .containsExactly(
                                        new FieldError("options.seed", "must be a number"),
                                        new FieldError("driver", "is unknown"))))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "7 | PT7S",
                "Fri, 02 Jan 2026 03:05:05 GMT | PT1M",
                "Fri, 02 Jan 2026 03:00:00 GMT | PT0S",
                "soon | none",
                "99999999999999999999 | none"
            })
    void retryAfterIsReadInBothForms(String header, @Nullable Duration wait) {
        SERVER.stubFor(
                post("/v1/jobs").willReturn(problem(503, "QUEUE_FULL", "full").withHeader("Retry-After", header)));

        StepVerifier.create(provider.submit(KEYED))
                .expectErrorSatisfies(failure(
                        FailureKind.UNAVAILABLE,
                        failure -> assertThat(failure.retryAfter()).isEqualTo(wait)))
                .verify(PATIENCE);
    }

    @Test
    void refusedConnectionNeverLeft() throws IOException {
        SadTalkerAvatarProvider nobody = provider("http://localhost:" + freePort());

        StepVerifier.create(nobody.submit(UPLOAD))
                .expectErrorSatisfies(failure(
                        FailureKind.UNAVAILABLE,
                        failure ->
                                assertThat(failure).hasMessageStartingWith("could not connect to http://localhost:")))
                .verify(PATIENCE);
    }

    @Test
    void lostAnswerToAKeyedSubmitCanBeAskedForAgain() {
        SERVER.stubFor(post("/v1/jobs").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        StepVerifier.create(provider.submit(KEYED))
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);
    }

    @Test
    void lostAnswerToASubmitWithoutAKeyIsUnconfirmed() {
        SERVER.stubFor(post("/v1/jobs").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
    }

    @Test
    void unreadableAnswerToASubmitWithoutAKeyIsUnconfirmed() {
        SERVER.stubFor(post("/v1/jobs").willReturn(okJson("{\"status\": \"queued\"}")));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
    }

    @Test
    void lateAnswerIsATimeout() {
        SERVER.stubFor(get("/v1/jobs/0198c0de").willReturn(okJson(QUEUED).withFixedDelay(5_000)));

        StepVerifier.create(provider.find(JOB))
                .expectErrorSatisfies(failure(
                        FailureKind.TIMEOUT,
                        failure -> assertThat(failure.jobId()).isEqualTo(JOB)))
                .verify(PATIENCE);
    }

    @Test
    void lateAnswerToASubmitWithoutAKeyIsUnconfirmed() {
        SERVER.stubFor(post("/v1/jobs").willReturn(okJson(QUEUED).withFixedDelay(5_000)));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text/html | <h1>Welcome</h1>", "application/json | [1, 2", "application/json | ''"})
    void answerThatIsNotAJobIsExplained(String contentType, String body) {
        SERVER.stubFor(post("/v1/jobs")
                .willReturn(aResponse().withHeader("Content-Type", contentType).withBody(body)));

        StepVerifier.create(provider.submit(KEYED))
                .expectErrorSatisfies(failure(
                        FailureKind.UNAVAILABLE,
                        failure -> assertThat(failure)
                                .hasMessage(SERVER.baseUrl()
                                        + " sent an answer that is not understood; is it an Avatar Service server?")))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"running, CANCELLED", "cancelled, CANCELLED", "error, ALREADY_FINISHED"})
    void cancelTellsWhatCameOfIt(String status, CancelOutcome outcome) {
        apiKey = "secret";
        SERVER.stubFor(delete("/v1/jobs/0198c0de")
                .willReturn(okJson("{\"id\": \"0198c0de\", \"status\": \"" + status + "\"}")));

        StepVerifier.create(provider.cancel(JOB))
                .expectNext(outcome)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(1, deleteRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer secret")));
    }

    @Test
    void cancelAnsweredWithoutABodyIsACancel() {
        SERVER.stubFor(delete("/v1/jobs/0198c0de").willReturn(aResponse().withStatus(204)));

        StepVerifier.create(provider.cancel(JOB))
                .expectNext(CancelOutcome.CANCELLED)
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND, UNKNOWN_JOB", "409, CONFLICT, ALREADY_FINISHED", "409, CANCELLED, ALREADY_FINISHED"})
    void cancelThatComesTooLateIsAnOutcome(int status, String code, CancelOutcome outcome) {
        SERVER.stubFor(delete("/v1/jobs/0198c0de").willReturn(problem(status, code, "too late")));

        StepVerifier.create(provider.cancel(JOB))
                .expectNext(outcome)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void downloadsFromTheServerWithItsKey() {
        apiKey = "secret";
        SERVER.stubFor(get("/media/a.mp4").willReturn(aResponse().withBody("the video")));

        StepVerifier.create(text(video(SERVER.baseUrl() + "/media/a.mp4")))
                .expectNext("the video")
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer secret")));
    }

    @Test
    void keyIsNotSentToAnybodyElse() {
        apiKey = "secret";
        SERVER.stubFor(get("/a.mp4?X-Signature=s%2Fs").willReturn(aResponse().withBody("the video")));
        String bucket = SERVER.baseUrl().replace("localhost", "127.0.0.1");

        StepVerifier.create(text(video(bucket + "/a.mp4?X-Signature=s%2Fs")))
                .expectNext("the video")
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
    }

    @ParameterizedTest
    @CsvSource({"403", "404", "410"})
    void expiredAddressIsExplainedWithoutItsSignature(int status) {
        SERVER.stubFor(get(urlPathEqualTo("/a.mp4")).willReturn(aResponse().withStatus(status)));

        StepVerifier.create(provider.download(video(SERVER.baseUrl() + "/a.mp4?X-Signature=signed")))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure)
                                .hasMessage("the video is not at its address anymore (HTTP " + status
                                        + "): it was deleted, or the address has expired")
                                .extracting(Throwables::getStackTrace, as(STRING))
                                .doesNotContain("signed")))
                .verify(PATIENCE);
    }

    @Test
    void downloadThatBreaksOffIsUnavailable() {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));

        StepVerifier.create(provider.download(video(SERVER.baseUrl() + "/a.mp4")))
                .thenConsumeWhile(buffer -> true)
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);
    }

    @Test
    void downloadThatStallsIsATimeout() {
        SERVER.stubFor(
                get("/a.mp4").willReturn(aResponse().withBody("the video").withFixedDelay(5_000)));

        StepVerifier.create(provider.download(video(SERVER.baseUrl() + "/a.mp4")))
                .expectErrorSatisfies(failure(FailureKind.TIMEOUT))
                .verify(PATIENCE);
    }

    private static void accept() {
        SERVER.stubFor(post("/v1/jobs")
                .willReturn(aResponse()
                        .withStatus(202)
                        .withHeader("Location", "/v1/jobs/0198c0de")
                        .withHeader("Content-Type", "application/json")
                        .withBody(QUEUED)));
    }

    private static void found(String body) {
        SERVER.stubFor(get("/v1/jobs/0198c0de").willReturn(okJson(body)));
    }

    private static ResponseDefinitionBuilder problem(int status, String code, String detail) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody(
                        "{\"type\": \"about:blank\", \"title\": \"T\", \"status\": %d, \"detail\": \"%s\", \"code\": \"%s\"}"
                                .formatted(status, detail, code));
    }

    private static AvatarVideo video(String url) {
        return AvatarVideo.builder(SadTalkerAvatarProvider.ID, JOB, URI.create(url))
                .build();
    }

    private Mono<String> text(AvatarVideo video) {
        return provider.download(video)
                .map(StandardCharsets.UTF_8::decode)
                .map(CharSequence::toString)
                .reduce(String::concat);
    }

    private static Consumer<Throwable> failure(FailureKind kind) {
        return failure(kind, failure -> {});
    }

    private static Consumer<Throwable> failure(FailureKind kind, Consumer<AvatarException> more) {
        return seen -> assertThat(seen)
                .asInstanceOf(type(AvatarException.class))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.provider()).isEqualTo(SadTalkerAvatarProvider.ID))
                .satisfies(more);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
