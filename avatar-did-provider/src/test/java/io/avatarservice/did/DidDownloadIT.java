package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How a video is fetched. */
class DidDownloadIT extends DidContract {

    private static final String VIDEO = "\0\0\0\u0018ftypisom and the rest";

    @Test
    void downloadsFromTheBucketWithoutTheKey() {
        SERVER.stubFor(get("/a.mp4?Signature=s%2Fs").willReturn(aResponse().withBody(VIDEO)));

        downloaded(video("/a.mp4?Signature=s%2Fs", NOW.plus(Duration.ofHours(2))), VIDEO);

        SERVER.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {"-PT1S", "PT0S", "PT1H", "unknown"})
    void addressNearItsEndIsAskedForAnew(@Nullable Duration left) {
        found(freshTalk());
        SERVER.stubFor(get("/fresh.mp4?Signature=new").willReturn(aResponse().withBody(VIDEO)));

        downloaded(video("/a.mp4", left == null ? null : NOW.plus(left)), VIDEO);

        SERVER.verify(0, getRequestedFor(urlPathEqualTo("/a.mp4")));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void addressThatExpiredEarlyIsAskedForAnew(int status) {
        found(freshTalk());
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withStatus(status)));
        SERVER.stubFor(get("/fresh.mp4?Signature=new").willReturn(aResponse().withBody(VIDEO)));

        downloaded(video("/a.mp4", NOW.plus(Duration.ofHours(20))), VIDEO);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void videoThatIsGoneIsExplained(int status) {
        found(freshTalk());
        SERVER.stubFor(get(urlPathEqualTo("/fresh.mp4")).willReturn(aResponse().withStatus(status)));

        failed(video("/a.mp4", NOW), FailureKind.INVALID_REQUEST);
    }

    @Test
    void talkThatIsGoneIsExplained() {
        SERVER.stubFor(get("/talks/tlk_A1b2C3").willReturn(error(404, "NotFoundError", "gone")));

        failed(video("/a.mp4", NOW), FailureKind.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><h1>Sorry</h1></html>", "", "\0\0\0"})
    void whatIsNotAVideoIsNotDelivered(String content) {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withBody(content)));

        failed(video("/a.mp4", NOW.plus(Duration.ofHours(2))), FailureKind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"500, UNAVAILABLE", "503, UNAVAILABLE", "429, RATE_LIMITED"})
    void bucketThatFailsIsNoExpiry(int status, FailureKind kind) {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withStatus(status)));

        failed(video("/a.mp4", NOW.plus(Duration.ofHours(2))), kind);
    }

    @Test
    void downloadThatBreaksOffIsUnavailable() {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));

        failed(video("/a.mp4", NOW.plus(Duration.ofHours(2))), FailureKind.UNAVAILABLE);
    }

    @Test
    void downloadThatStallsIsATimeout() {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withBody(VIDEO).withFixedDelay(5_000)));

        StepVerifier.create(impatient.download(video("/a.mp4", NOW.plus(Duration.ofHours(2)))))
                .expectErrorSatisfies(failure(FailureKind.TIMEOUT))
                .verify(PATIENCE);
    }

    @Test
    void talkIsReadAnewOnEachDownload() {
        SERVER.stubFor(get("/talks/tlk_A1b2C3")
                .inScenario("late")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("up"));
        SERVER.stubFor(get("/talks/tlk_A1b2C3")
                .inScenario("late")
                .whenScenarioStateIs("up")
                .willReturn(json(200, freshTalk())));
        SERVER.stubFor(get("/fresh.mp4?Signature=new").willReturn(aResponse().withBody(VIDEO)));

        failed(video("/a.mp4", NOW), FailureKind.UNAVAILABLE);
        downloaded(video("/a.mp4", NOW), VIDEO);
    }

    private void downloaded(AvatarVideo video, String content) {
        StepVerifier.create(text(video)).expectNext(content).expectComplete().verify(PATIENCE);
    }

    private void failed(AvatarVideo video, FailureKind kind) {
        StepVerifier.create(provider.download(video))
                .thenConsumeWhile(piece -> true)
                .expectErrorSatisfies(
                        failure(kind, failure -> assertThat(failure.jobId()).isEqualTo(JOB)))
                .verify(PATIENCE);
    }

    private static String freshTalk() {
        return wire("talk-done")
                .replaceFirst(
                        "\"result_url\": \"[^\"]+\"",
                        "\"result_url\": \"" + SERVER.baseUrl() + "/fresh.mp4?Signature=new\"");
    }

    private static AvatarVideo video(String path, @Nullable Instant expiresAt) {
        return AvatarVideo.builder(DidAvatarProvider.ID, JOB, URI.create(SERVER.baseUrl() + path))
                .expiresAt(expiresAt)
                .build();
    }

    private Mono<String> text(AvatarVideo video) {
        return provider.download(video)
                .map(StandardCharsets.UTF_8::decode)
                .map(CharSequence::toString)
                .reduce(String::concat);
    }
}
