package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.MediaSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** What the server is sent. */
class SadTalkerSubmitIT extends SadTalkerContract {
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
    void submitsADrivingVideoWithoutSpeech() {
        accept();
        AvatarRequest request = AvatarRequest.driven(
                        MediaSource.bytes(PORTRAIT), MediaSource.url(URI.create("https://media.example.com/d.mp4")))
                .driver("liveportrait")
                .build();

        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withRequestBodyPart(aMultipart("driving_video_url")
                                .withBody(equalTo("https://media.example.com/d.mp4"))
                                .build())
                        .withRequestBody(notContaining("name=\"audio")));
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
}
