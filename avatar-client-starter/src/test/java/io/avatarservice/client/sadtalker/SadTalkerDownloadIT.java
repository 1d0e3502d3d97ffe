package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.github.tomakehurst.wiremock.http.Fault;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How a video is fetched. */
class SadTalkerDownloadIT extends SadTalkerContract {
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

        StepVerifier.create(impatient.download(video(SERVER.baseUrl() + "/a.mp4")))
                .expectErrorSatisfies(failure(FailureKind.TIMEOUT))
                .verify(PATIENCE);
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
}
