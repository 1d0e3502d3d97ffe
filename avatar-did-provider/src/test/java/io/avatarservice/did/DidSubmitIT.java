package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.avatarservice.did.Samples.ADDRESSES;
import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.PORTRAIT;
import static io.avatarservice.did.Samples.SPEECH;
import static io.avatarservice.did.Samples.UPLOAD;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.padded;
import static io.avatarservice.did.Samples.png;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** What D-ID is sent. */
class DidSubmitIT extends DidContract {

    @Test
    void submitsTheRecordedBody() {
        accept();
        AvatarRequest request = AvatarRequest.of(
                        MediaSource.url(URI.create("https://media.example.com/faces/anna.png")),
                        MediaSource.url(URI.create("https://media.example.com/speech/42.wav")))
                .toBuilder()
                .idempotencyKey("order-42")
                .build();

        StepVerifier.create(provider.submit(request))
                .expectNext(AvatarJob.queued(DidAvatarProvider.ID, JOB))
                .expectComplete()
                .verify(PATIENCE);

        SERVER.verify(1, postRequestedFor(anyUrl()));
        SERVER.verify(postRequestedFor(urlEqualTo("/talks")).withRequestBody(equalToJson(wire("submit"))));
    }

    @Test
    void signaturesOfAddressesArePassedOn() {
        accept();

        submit(ADDRESSES);

        SERVER.verify(postRequestedFor(urlEqualTo("/talks"))
                .withRequestBody(
                        matchingJsonPath("$.source_url", equalTo("https://media.example.com/faces/anna.png?sig=a%2Bb")))
                .withRequestBody(matchingJsonPath(
                        "$.script.audio_url", equalTo("https://media.example.com/speech/42.wav?X-Signature=c1"))));
    }

    @Test
    void bytesAreUploadedUnderNeutralNames() {
        accept();

        submit(UPLOAD);

        SERVER.verify(postRequestedFor(urlEqualTo("/images"))
                .withRequestBodyPart(aMultipart("image")
                        .withHeader("Content-Type", equalTo("image/png"))
                        .withHeader("Content-Disposition", containing("filename=\"image.png\""))
                        .withBody(binaryEqualTo(PORTRAIT))
                        .build()));
        SERVER.verify(postRequestedFor(urlEqualTo("/audios"))
                .withRequestBodyPart(aMultipart("audio")
                        .withHeader("Content-Type", equalTo("audio/wav"))
                        .withHeader("Content-Disposition", containing("filename=\"audio.wav\""))
                        .withBody(binaryEqualTo(SPEECH))
                        .build()));
        SERVER.verify(postRequestedFor(urlEqualTo("/talks"))
                .withRequestBody(matchingJsonPath(
                        "$.source_url", equalTo("s3://d-id-images-prod/google-oauth2-1/img_x/image.png")))
                .withRequestBody(matchingJsonPath(
                        "$.script.audio_url", equalTo("s3://d-id-audios-prod/google-oauth2-1/aud_x/audio.wav"))));
    }

    @Test
    void filesAreUploadedByTheirContent(@TempDir Path directory) throws Exception {
        accept();
        byte[] large = padded(SPEECH, 300_000);
        Path portrait = Files.write(directory.resolve("secret name.webp"), PORTRAIT);
        Path speech = Files.write(directory.resolve("speech"), large);

        submit(AvatarRequest.of(MediaSource.file(portrait), MediaSource.file(speech)));

        SERVER.verify(postRequestedFor(urlEqualTo("/images"))
                .withRequestBodyPart(aMultipart("image")
                        .withHeader("Content-Disposition", containing("filename=\"image.png\""))
                        .build()));
        SERVER.verify(postRequestedFor(urlEqualTo("/audios"))
                .withRequestBodyPart(
                        aMultipart("audio").withBody(binaryEqualTo(large)).build()));
    }

    @Test
    void mediaAtOtherAddressesAreFetchedWithoutTheKeyAndUploaded() {
        accept();
        SERVER.stubFor(get("/portrait?token=a~b").willReturn(aResponse().withBody(PORTRAIT)));

        submit(AvatarRequest.of(
                MediaSource.url(URI.create(SERVER.baseUrl() + "/portrait?token=a~b")), MediaSource.bytes(SPEECH)));

        SERVER.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
        SERVER.verify(postRequestedFor(urlEqualTo("/images"))
                .withRequestBodyPart(
                        aMultipart("image").withBody(binaryEqualTo(PORTRAIT)).build()));
    }

    @Test
    void fetchedMediumIsReadNoFurtherThanItsLimit() {
        accept();
        SERVER.stubFor(get("/s").willReturn(aResponse().withBody(padded(SPEECH, 7 * 1024 * 1024))));

        StepVerifier.create(provider.submit(AvatarRequest.of(
                        MediaSource.bytes(PORTRAIT), MediaSource.url(URI.create(SERVER.baseUrl() + "/s")))))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure)
                                .hasMessage("audio: has more than the 6 MB that D-ID takes as an upload")))
                .verify(PATIENCE);

        SERVER.verify(0, postRequestedFor(anyUrl()));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 404, 500})
    void mediumThatCannotBeFetchedIsExplainedWithoutItsSignature(int status) {
        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status)));

        StepVerifier.create(provider.submit(AvatarRequest.of(
                        MediaSource.url(URI.create(SERVER.baseUrl() + "/p?token=secret")), MediaSource.bytes(SPEECH))))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .containsExactly(
                                        new FieldError("image", "could not be fetched (HTTP " + status + ")"))))
                .verify(PATIENCE);

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void mediumThatDidWouldRefuseIsRefusedBeforeAnyCall() {
        accept();

        StepVerifier.create(
                        provider.submit(AvatarRequest.of(MediaSource.bytes(png(150, 512)), MediaSource.bytes(SPEECH))))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .extracting(FieldError::field)
                                .containsExactly("image")))
                .verify(PATIENCE);

        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void missingFileIsRefusedBeforeAnyCall(@TempDir Path directory) {
        accept();

        StepVerifier.create(provider.submit(AvatarRequest.of(
                        MediaSource.bytes(PORTRAIT), MediaSource.file(directory.resolve("missing.wav")))))
                .expectErrorSatisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .containsExactly(new FieldError("audio", "is not a readable file"))))
                .verify(PATIENCE);

        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void drivingVideoIsBeyondDid() {
        StepVerifier.create(provider.submit(UPLOAD.toBuilder()
                        .drivingVideo(MediaSource.bytes(SPEECH))
                        .build()))
                .expectErrorSatisfies(failure(
                        FailureKind.UNSUPPORTED,
                        failure -> assertThat(failure).hasMessage("d-id takes no driving video")))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "absent",
            value = {
                "https://app.example.com/hooks/42 | https://app.example.com/hooks/42",
                "http://app.example.com/hooks/42 | absent"
            })
    void webhookIsSentIfDidTakesIt(URI webhook, String sent) {
        accept();

        submit(ADDRESSES.toBuilder().webhook(webhook).build());

        SERVER.verify(postRequestedFor(urlEqualTo("/talks"))
                .withRequestBody(matchingJsonPath("$.webhook", sent == null ? absent() : equalTo(sent))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {"true, bank://lively/, bank://lively/", "true, sadtalker, absent", "false, bank://lively/, absent"
            })
    void driverIsSentWhereAskedFor(boolean legacy, String driver, String sent) {
        accept();

        submit(
                builder(SERVER.baseUrl()).legacyDriverUrl(legacy).build(),
                ADDRESSES.toBuilder().driver(driver).build());

        SERVER.verify(postRequestedFor(urlEqualTo("/talks"))
                .withRequestBody(matchingJsonPath("$.driver_url", sent == null ? absent() : equalTo(sent))));
    }

    @ParameterizedTest
    @CsvSource({
        "RAW, user:password, Basic user:password",
        "RAW, '  user:password\t', Basic user:password",
        "RAW, Basic abc, Basic abc",
        "RAW, Bearer abc, Bearer abc",
        "RFC7617, user:password, Basic dXNlcjpwYXNzd29yZA==",
        "RFC7617, Basic abc, Basic abc",
        "BEARER, abc, Bearer abc"
    })
    void keyIsEncodedAsChosen(DidAuthEncoding encoding, String key, String header) {
        accept();
        apiKey = key;

        submit(builder(SERVER.baseUrl()).authEncoding(encoding).build(), UPLOAD);

        SERVER.verify(3, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo(header)));
    }

    @Test
    void keyIsAskedForOnEachCall() {
        accept();

        apiKey = "first";
        submit(ADDRESSES);
        apiKey = "second";
        submit(ADDRESSES);

        SERVER.verify(1, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Basic first")));
        SERVER.verify(1, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Basic second")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "'  '", "'two\nlines'"})
    void keyThatCannotBeSentIsAnAuthenticationFailureWithoutACall(String key) {
        apiKey = key;

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(
                        FailureKind.AUTHENTICATION,
                        failure -> assertThat(failure.reason()).doesNotContain("lines")))
                .verify(PATIENCE);

        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void pathOfTheBaseUrlIsKept() {
        SERVER.stubFor(post("/proxy/d-id/talks").willReturn(json(201, wire("talk-accepted"))));

        submit(builder(SERVER.baseUrl() + "/proxy/d-id/").build(), ADDRESSES);

        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    private void submit(AvatarRequest request) {
        submit(provider, request);
    }

    private static void submit(DidAvatarProvider provider, AvatarRequest request) {
        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static String[] leftovers() {
        String[] files = Path.of(System.getProperty("java.io.tmpdir"))
                .toFile()
                .list((directory, name) -> name.startsWith("avatar-d-id-"));
        return files == null ? new String[0] : files;
    }
}
