package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
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
import reactor.test.StepVerifier;

/** What failed calls mean. */
class SadTalkerFailuresIT extends SadTalkerContract {
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

        SERVER.verify(1, postRequestedFor(anyUrl()));
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

        StepVerifier.create(impatient.find(JOB))
                .expectErrorSatisfies(failure(
                        FailureKind.TIMEOUT,
                        failure -> assertThat(failure.jobId()).isEqualTo(JOB)))
                .verify(PATIENCE);
    }

    @Test
    void lateAnswerToASubmitWithoutAKeyIsUnconfirmed() {
        SERVER.stubFor(post("/v1/jobs").willReturn(okJson(QUEUED).withFixedDelay(5_000)));

        StepVerifier.create(impatient.submit(UPLOAD))
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
