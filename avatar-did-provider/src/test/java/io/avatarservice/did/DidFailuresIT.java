package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static io.avatarservice.did.Samples.ADDRESSES;
import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.UPLOAD;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** What failed calls mean: the rows of the failure table. */
class DidFailuresIT extends DidContract {

    @ParameterizedTest
    @CsvSource({
        "400, BadRequestError, INVALID_REQUEST, INVALID_REQUEST",
        "400, InvalidFileSizeError, INVALID_REQUEST, INVALID_REQUEST",
        "400, InvalidImageResolutionError, INVALID_REQUEST, INVALID_REQUEST",
        "400, InvalidAudioDurationError, INVALID_REQUEST, INVALID_REQUEST",
        "400, InvalidFaceError, FACE_NOT_FOUND, FACE_NOT_FOUND",
        "400, SomethingNewError, INVALID_REQUEST, INVALID_REQUEST",
        "401, AuthorizationError, AUTHENTICATION, AUTHENTICATION",
        "402, InsufficientCreditsError, QUOTA_EXHAUSTED, QUOTA_EXHAUSTED",
        "403, PermissionError, AUTHENTICATION, AUTHENTICATION",
        "409, NotReadyError, RATE_LIMITED, RATE_LIMITED",
        "413, BadRequestError, INVALID_REQUEST, INVALID_REQUEST",
        "415, UnsupportedMimeTypeError, INVALID_REQUEST, INVALID_REQUEST",
        "429, TooManyRequestsError, RATE_LIMITED, RATE_LIMITED",
        "451, ImageModerationError, CONTENT_REJECTED, CONTENT_REJECTED",
        "451, CelebrityRecognizedError, CONTENT_REJECTED, CONTENT_REJECTED",
        "451, TextModerationError, CONTENT_REJECTED, CONTENT_REJECTED",
        "451, AudioModerationError, CONTENT_REJECTED, CONTENT_REJECTED",
        "451, SomethingNewError, CONTENT_REJECTED, CONTENT_REJECTED",
        "400, ImageModerationError, CONTENT_REJECTED, CONTENT_REJECTED",
        "500, AudioModerationError, CONTENT_REJECTED, CONTENT_REJECTED",
        "500, UnknownError, SUBMIT_UNCONFIRMED, UNAVAILABLE",
        "500, BadRequestError, SUBMIT_UNCONFIRMED, UNAVAILABLE",
        "502, UnknownError, SUBMIT_UNCONFIRMED, UNAVAILABLE",
        "503, UnknownError, UNAVAILABLE, UNAVAILABLE",
        "504, UnknownError, SUBMIT_UNCONFIRMED, TIMEOUT"
    })
    void errorObjectDecidesTheKind(int status, String kind, FailureKind ofSubmit, FailureKind ofFind) {
        SERVER.stubFor(any(anyUrl()).willReturn(error(status, kind, "what happened")));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(
                        ofSubmit, failure -> assertThat(failure).hasMessageEndingWith(kind + ": what happened")))
                .verify(PATIENCE);
        StepVerifier.create(provider.find(JOB))
                .expectErrorSatisfies(
                        failure(ofFind, failure -> assertThat(failure.jobId()).isEqualTo(JOB)))
                .verify(PATIENCE);
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource({
        "302, UNAVAILABLE, UNAVAILABLE",
        "400, INVALID_REQUEST, INVALID_REQUEST",
        "401, AUTHENTICATION, AUTHENTICATION",
        "402, QUOTA_EXHAUSTED, QUOTA_EXHAUSTED",
        "403, AUTHENTICATION, AUTHENTICATION",
        "404, UNSUPPORTED, UNSUPPORTED",
        "405, UNSUPPORTED, UNSUPPORTED",
        "407, AUTHENTICATION, AUTHENTICATION",
        "408, SUBMIT_UNCONFIRMED, TIMEOUT",
        "413, INVALID_REQUEST, INVALID_REQUEST",
        "429, RATE_LIMITED, RATE_LIMITED",
        "451, CONTENT_REJECTED, CONTENT_REJECTED",
        "500, SUBMIT_UNCONFIRMED, UNAVAILABLE",
        "502, SUBMIT_UNCONFIRMED, UNAVAILABLE",
        "503, UNAVAILABLE, UNAVAILABLE",
        "504, SUBMIT_UNCONFIRMED, TIMEOUT"
    })
    void statusDecidesTheKindOfAPageOfHtml(int status, FailureKind ofSubmit, FailureKind ofFind) {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<h1>gateway</h1>")));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(ofSubmit))
                .verify(PATIENCE);
        StepVerifier.create(provider.find(JOB))
                .expectErrorSatisfies(
                        failure(ofFind, failure -> assertThat(failure).hasMessageEndingWith("answered HTTP " + status)))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "403, gateway-deny, AUTHENTICATION",
        "504, gateway-timeout, SUBMIT_UNCONFIRMED",
        "402, error-insufficient-credits, QUOTA_EXHAUSTED",
        "451, error-image-moderation, CONTENT_REJECTED",
        "415, error-unsupported-mime-type, INVALID_REQUEST"
    })
    void recordedErrorsAreUnderstood(int status, String body, FailureKind kind) {
        SERVER.stubFor(post("/talks").willReturn(json(status, wire(body))));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(kind))
                .verify(PATIENCE);
    }

    @Test
    void planWithoutStitchLacksAnOption() {
        SERVER.stubFor(post("/talks").willReturn(error(403, "PermissionError", "user has no permission for stitch")));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(
                        FailureKind.UNSUPPORTED,
                        failure -> assertThat(failure.fieldErrors())
                                .containsExactly(new FieldError(
                                        "options.stitch", "PermissionError: user has no permission for stitch"))))
                .verify(PATIENCE);
    }

    @Test
    void refusedUploadNamesItsField() {
        accept();
        SERVER.stubFor(post("/audios").willReturn(error(400, "InvalidAudioDurationError", "too long")));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .extracting(FieldError::field)
                                .containsExactly("audio")))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"500, UNAVAILABLE", "504, TIMEOUT"})
    void failedUploadLeavesNothingUnconfirmed(int status, FailureKind kind) {
        SERVER.stubFor(post("/images").willReturn(aResponse().withStatus(status)));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(kind))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "7 | PT7S",
                "Sun, 22 Nov 2026 10:00:00 GMT | PT1M",
                "Sun, 22 Nov 2026 09:00:00 GMT | PT0S",
                "soon | none",
                "99999999999999999999 | none",
                "none | none"
            })
    void retryAfterIsReadInBothForms(@Nullable String header, @Nullable Duration wait) {
        SERVER.stubFor(post("/talks")
                .willReturn(
                        header == null
                                ? aResponse().withStatus(429)
                                : aResponse().withStatus(429).withHeader("Retry-After", header)));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(
                        FailureKind.RATE_LIMITED,
                        failure -> assertThat(failure.retryAfter()).isEqualTo(wait)))
                .verify(PATIENCE);
    }

    @Test
    void refusedConnectionNeverLeft() throws IOException {
        DidAvatarProvider nobody = builder("http://localhost:" + freePort()).build();

        StepVerifier.create(nobody.submit(ADDRESSES))
                .expectErrorSatisfies(failure(
                        FailureKind.UNAVAILABLE,
                        failure ->
                                assertThat(failure).hasMessageStartingWith("could not connect to http://localhost:")))
                .verify(PATIENCE);
    }

    @Test
    void requestThatGotNoConnectionNeverLeft() {
        ConnectionProvider single = ConnectionProvider.builder("single")
                .maxConnections(1)
                .pendingAcquireTimeout(Duration.ofMillis(100))
                .build();
        DidAvatarProvider crowded = builder(SERVER.baseUrl())
                .webClientBuilder(
                        WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClient.create(single))))
                .build();
        SERVER.stubFor(get("/talks/tlk_A1b2C3")
                .willReturn(json(200, wire("talk-started")).withFixedDelay(2_000)));
        Disposable first = crowded.find(JOB).subscribe();

        StepVerifier.create(crowded.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);

        SERVER.verify(0, postRequestedFor(anyUrl()));
        first.dispose();
        single.dispose();
    }

    @Test
    void unknownHostNeverLeft() {
        DidAvatarProvider nobody = builder("http://d-id.invalid").build();

        StepVerifier.create(nobody.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);
    }

    @Test
    void failedHandshakeNeverLeft() {
        DidAvatarProvider plain =
                builder(SERVER.baseUrl().replace("http:", "https:")).build();

        StepVerifier.create(plain.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenAnswerToASubmitIsUnconfirmed(Fault fault) {
        SERVER.stubFor(post("/talks").willReturn(aResponse().withFault(fault)));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);

        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenAnswerToALookIsUnavailable(Fault fault) {
        SERVER.stubFor(get("/talks/tlk_A1b2C3").willReturn(aResponse().withFault(fault)));

        StepVerifier.create(provider.find(JOB))
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | <h1>Welcome</h1>",
                "application/json | [1, 2",
                "application/json | {\"status\": \"created\"}",
                "application/json | {\"id\": \" \"}",
                "application/json | ''"
            })
    void answerToASubmitThatIsNotATalkLeavesItUnconfirmed(String contentType, String body) {
        SERVER.stubFor(post("/talks")
                .willReturn(aResponse()
                        .withStatus(201)
                        .withHeader("Content-Type", contentType)
                        .withBody(body)));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
    }

    @Test
    void lateAnswerToASubmitIsUnconfirmed() {
        SERVER.stubFor(
                post("/talks").willReturn(json(201, wire("talk-accepted")).withFixedDelay(5_000)));

        StepVerifier.create(impatient.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
    }

    @Test
    void lateAnswerToALookIsATimeout() {
        SERVER.stubFor(get("/talks/tlk_A1b2C3")
                .willReturn(json(200, wire("talk-started")).withFixedDelay(5_000)));

        StepVerifier.create(impatient.find(JOB))
                .expectErrorSatisfies(failure(FailureKind.TIMEOUT))
                .verify(PATIENCE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
