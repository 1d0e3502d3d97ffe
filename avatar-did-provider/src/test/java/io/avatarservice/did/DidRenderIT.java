package io.avatarservice.did;

import static io.avatarservice.did.Samples.ADDRESSES;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.UPLOAD;
import static io.avatarservice.did.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.avatarservice.did.fake.FakeDid;
import io.avatarservice.did.fake.FakeTalk;
import io.avatarservice.did.fake.FakeUpload;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whole renders at the fake D-ID. */
class DidRenderIT {

    @RegisterExtension
    static final FakeDid DID = new FakeDid();

    private final DidAvatarProvider provider = DidAvatarProvider.builder(() -> FakeDid.API_KEY)
            .baseUrl(DID.start().baseUrl())
            .build();

    @Test
    void rendersUploadedMediaAndDownloadsTheVideo() {
        List<AvatarJobStatus> seen = new ArrayList<>();

        AvatarVideo video = render(UPLOAD, seen);

        assertThat(seen).containsExactly(AvatarJobStatus.QUEUED, AvatarJobStatus.RUNNING, AvatarJobStatus.COMPLETED);
        assertThat(video.width()).isEqualTo(512);
        assertThat(video.expiresAt()).isNotNull();
        StepVerifier.create(text(video))
                .assertNext(
                        content -> assertThat(content).endsWith(video.jobId().value()))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(DID.uploads())
                .extracting(FakeUpload::fileName, FakeUpload::contentType)
                .containsExactlyInAnyOrder(tuple("image.png", "image/png"), tuple("audio.wav", "audio/wav"));
    }

    @Test
    void idempotencyKeyBecomesNameAndUserData() {
        render(ADDRESSES, new ArrayList<>());

        assertThat(DID.talks())
                .extracting(FakeTalk::userData, FakeTalk::name)
                .containsExactly(tuple("order-42", "order-42"));
        assertThat(DID.uploads()).isEmpty();
    }

    @Test
    void videoTellsWhatOfTheRequestWasPassedOver() {
        AvatarRequest request = ADDRESSES.toBuilder()
                .driver("sadtalker")
                .option("still", true)
                .option("fluent", true)
                .build();

        AvatarVideo video = render(request, new ArrayList<>());

        assertThat(video.warnings())
                .containsExactly(
                        "d-id does not know the option 'still'; it was left out",
                        "d-id does not know the driver 'sadtalker'; it was left out");
        assertThat(DID.talks().get(0).request())
                .extractingByKey("config")
                .isEqualTo(Map.of("stitch", true, "fluent", true));
    }

    @ParameterizedTest
    @CsvSource({
        "FaceError, face not detected, false, FACE_NOT_FOUND",
        "FaceError, face not detected, true, FACE_NOT_FOUND",
        "ImageModerationError, refused by moderation, false, CONTENT_REJECTED",
        "ImageModerationError, refused by moderation, true, CONTENT_REJECTED",
        "UnknownError, something broke, false, RENDER_FAILED",
        "UnknownError, something broke, true, RENDER_FAILED"
    })
    void errorOfATalkDecidesItsKind(String kind, String description, boolean asText, FailureKind expected) {
        DID.errorsAsText(asText).nextTalkFails(kind, description);

        assertThat(ended(ADDRESSES).failure()).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(expected);
            assertThat(failure.message()).contains(description);
        });
    }

    @Test
    void rejectedTalkIsOver() {
        DID.nextTalkEndsWith("rejected");

        assertThat(ended(ADDRESSES).failure())
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONTENT_REJECTED));
    }

    @Test
    void lostAnswerIsNotSentAgain() {
        DID.faults(FaultPlan.listed(Operation.SUBMIT, Fault.resetAfterAccepting()));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);

        assertThat(DID.calls(Operation.SUBMIT)).isEqualTo(1);
        assertThat(DID.talksCreated()).isEqualTo(1);
    }

    @Test
    void connectionThatWasOpenBeforeAndBreaksIsNotUsedToSendAgain() {
        render(ADDRESSES, new ArrayList<>());
        DID.faults(FaultPlan.listed(Operation.SUBMIT, Fault.resetAfterAccepting()));

        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);

        assertThat(DID.talksCreated()).isEqualTo(2);
    }

    private AvatarVideo render(AvatarRequest request, List<AvatarJobStatus> seen) {
        AvatarJob job = Objects.requireNonNull(
                jobs(request).doOnNext(found -> seen.add(found.status())).last().block(PATIENCE));
        return Objects.requireNonNull(job.video());
    }

    private AvatarJob ended(AvatarRequest request) {
        return Objects.requireNonNull(jobs(request).last().block(PATIENCE));
    }

    private Flux<AvatarJob> jobs(AvatarRequest request) {
        return provider.submit(request)
                .expand(job -> job.status().isTerminal() ? Mono.empty() : provider.find(job.id()));
    }

    private Mono<String> text(AvatarVideo video) {
        return provider.download(video)
                .map(StandardCharsets.UTF_8::decode)
                .map(CharSequence::toString)
                .reduce(String::concat);
    }
}
