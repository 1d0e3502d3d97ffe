package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import io.avatarservice.spi.CancelOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** How a job is stopped. */
class SadTalkerCancelIT extends SadTalkerContract {
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
}
