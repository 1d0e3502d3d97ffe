package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Whether the server would take a render. */
class SadTalkerProbeIT extends SadTalkerContract {

    @BeforeEach
    void beWell() {
        SERVER.stubFor(get("/healthz").willReturn(okJson("{\"ok\": true}")));
    }

    @Test
    void serverTellsItsDrivers() {
        SERVER.stubFor(get("/v1/drivers").willReturn(okJson("""
                {"default_driver": "preview", "limits": {}, "drivers": [
                  {"name": "preview", "ready": true, "missing": []},
                  {"name": "sadtalker", "ready": false, "missing": ["checkpoints"]},
                  null, {"ready": true}, {"name": "newer"}]}
                """)));

        assertFacts(Map.of("drivers.ready", List.of("preview"), "drivers.unready", List.of("sadtalker", "newer")));
    }

    @Test
    void serverThatDoesNotTellItsDriversIsWellAllTheSame() {
        SERVER.stubFor(get("/v1/drivers").willReturn(problem(404, "NOT_FOUND", "no such route")));

        assertFacts(Map.of());
    }

    @Test
    void keyIsSent() {
        apiKey = "secret";
        SERVER.stubFor(get("/v1/drivers").willReturn(okJson("{\"drivers\": []}")));

        assertFacts(Map.of("drivers.ready", List.of(), "drivers.unready", List.of()));

        SERVER.verify(1, getRequestedFor(urlEqualTo("/healthz")).withHeader("Authorization", equalTo("Bearer secret")));
    }

    @Test
    void serverThatIsUnwellFailsAsARenderWould() {
        SERVER.stubFor(get("/healthz").willReturn(serverError()));

        assertFails(provider, FailureKind.UNAVAILABLE);
    }

    @Test
    void whateverElseListensThereIsNoServerOfOurs() {
        SERVER.stubFor(get("/healthz").willReturn(okJson("{\"status\": \"pass\"}")));

        assertFails(provider, FailureKind.UNAVAILABLE);
    }

    @Test
    void answerThatDoesNotComeIsATimeout() {
        SERVER.stubFor(get("/healthz").willReturn(aResponse().withFixedDelay(5_000)));

        assertFails(impatient, FailureKind.TIMEOUT);
    }

    private void assertFacts(Map<String, Object> facts) {
        StepVerifier.create(provider.probe())
                .assertNext(found -> assertThat(found).isEqualTo(facts))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static void assertFails(SadTalkerAvatarProvider provider, FailureKind kind) {
        StepVerifier.create(provider.probe())
                .expectErrorSatisfies(failure(kind))
                .verify(PATIENCE);
    }
}
