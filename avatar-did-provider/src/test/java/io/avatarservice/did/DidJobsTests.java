package io.avatarservice.did;

import static io.avatarservice.did.Samples.JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avatarservice.did.DidWire.Talk;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How talks on the wire become jobs. */
class DidJobsTests {

    private static final String BUCKET = "https://bucket.example.com/tlk_A1b2C3/1.mp4";

    private final DidFailures failures = new DidFailures(URI.create("https://api.d-id.com"), Clock.systemUTC());
    private final SubmitNotes notes = new SubmitNotes();
    private final DidJobs jobs = new DidJobs(failures, notes);

    @ParameterizedTest
    @CsvSource({"created, QUEUED", "started, RUNNING", "thinking, RUNNING", "'', RUNNING", "done, RUNNING"})
    void talkWithoutAResultIsOnItsWay(String status, AvatarJobStatus expected) {
        assertThat(jobs.toJob(talk(status, null, null)).status()).isEqualTo(expected);
    }

    @Test
    void talkWithoutAStatusIsOnItsWay() {
        assertThat(jobs.toJob(talk(null, null, null)).status()).isEqualTo(AvatarJobStatus.RUNNING);
    }

    @Test
    void finishedTalkHasAVideo() {
        Talk talk = new Talk(
                "tlk_A1b2C3",
                "done",
                "2026-11-22T10:00:00.000Z",
                null,
                null,
                2.5,
                Map.of("resolution", List.of(512, 640), "num_frames", 38),
                BUCKET + "?Expires=1795428011&Signature=s",
                null,
                null);

        assertThat(video(talk))
                .isEqualTo(AvatarVideo.builder(
                                DidAvatarProvider.ID, JOB, URI.create(BUCKET + "?Expires=1795428011&Signature=s"))
                        .duration(Duration.ofMillis(2500))
                        .width(512)
                        .height(640)
                        .expiresAt(Instant.ofEpochSecond(1795428011))
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Expires=1795428011&Signature=s | 2026-11-23T10:00:11Z",
                "X-Amz-Date=20261122T100000Z&X-Amz-Expires=3600&X-Amz-Signature=s | 2026-11-22T11:00:00Z",
                "X-Amz-Date=20261122&X-Amz-Expires=3600 | 2026-11-23T10:00:00Z",
                "Expires=soon | 2026-11-23T10:00:00Z",
                "Expires=99999999999999999 | 2026-11-23T10:00:00Z",
                "Signature=s | 2026-11-23T10:00:00Z"
            })
    void addressTellsItsEndOrElseItIsADayAfterTheSubmit(String query, Instant end) {
        assertThat(video(talk("done", BUCKET + "?" + query, null)).expiresAt()).isEqualTo(end);
    }

    @Test
    void oddMetadataAreLeftOut() {
        Talk talk = new Talk("tlk_A1b2C3", "done", "yesterday", null, null, "long", "none", BUCKET, null, null);

        assertThat(video(talk))
                .isEqualTo(AvatarVideo.builder(DidAvatarProvider.ID, JOB, URI.create(BUCKET))
                        .build());
    }

    @Test
    void quickTimeIsNamed() {
        assertThat(video(talk("done", "https://bucket.example.com/a.mov?Signature=s", null))
                        .contentType())
                .isEqualTo("video/quicktime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/a.mp4?Signature=signed", "ht tp://?signed", "/a.mp4?signed"})
    void addressThatNobodyCanReadIsExplainedWithoutIt(String url) {
        assertThatThrownBy(() -> jobs.toJob(talk("done", url, null)))
                .isInstanceOfSatisfying(
                        AvatarException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE))
                .hasNoCause()
                .hasMessageNotContaining("signed");
    }

    @Test
    void warningsOfTheSubmitAreTold() {
        notes.accepted(JOB, List.of("left out"), List.of());

        assertThat(video(talk("done", BUCKET, null)).warnings()).containsExactly("left out");
    }

    @ParameterizedTest
    @CsvSource({
        "FaceError, face not detected, FACE_NOT_FOUND",
        "InvalidFaceError, too many faces, FACE_NOT_FOUND",
        "ImageModerationError, refused, CONTENT_REJECTED",
        "AudioModerationError, refused, CONTENT_REJECTED",
        "CelebrityRecognizedError, refused, CONTENT_REJECTED",
        "DriverError, no driver, RENDER_FAILED",
        "LogoError, no logo, RENDER_FAILED",
        "SourceError, no source, RENDER_FAILED",
        "VideoEnhanceError, no luck, RENDER_FAILED",
        "UnknownError, no idea, RENDER_FAILED",
        "UnknownError, Face not detected, FACE_NOT_FOUND",
        "UnknownError, Automatic content moderation, CONTENT_REJECTED"
    })
    void errorObjectOfATalkDecidesItsKind(String kind, String description, FailureKind expected) {
        JobFailure failure = failure(talk("error", null, Map.of("kind", kind, "description", description)));

        assertThat(failure.kind()).isEqualTo(expected);
        assertThat(failure.message()).isEqualTo("D-ID ended the talk in error: " + kind + ": " + description);
    }

    @ParameterizedTest
    @CsvSource({"face not detected, FACE_NOT_FOUND", "something broke, RENDER_FAILED"})
    void errorTextOfATalkDecidesItsKind(String text, FailureKind expected) {
        assertThat(failure(talk("error", null, text)).kind()).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = 5)
    void errorWithoutAReasonIsARenderThatFailed(@Nullable Object error) {
        assertThat(failure(talk("error", null, error)))
                .isEqualTo(new JobFailure(
                        FailureKind.RENDER_FAILED, "D-ID ended the talk in error: the render failed", List.of()));
    }

    @Test
    void messageBesideTheStatusIsRead() {
        Talk talk = new Talk("tlk_A1b2C3", "error", null, null, null, null, null, null, null, "face not found");

        assertThat(failure(talk).kind()).isEqualTo(FailureKind.FACE_NOT_FOUND);
    }

    @Test
    void rejectionIsNeverAnythingElse() {
        assertThat(failure(talk("rejected", null, Map.of("kind", "UnknownError")))
                        .kind())
                .isEqualTo(FailureKind.CONTENT_REJECTED);
    }

    @Test
    void acceptedTalkWaitsWhateverItSays() {
        assertThat(jobs.accepted(talk("done", null, null))).isEqualTo(AvatarJob.queued(DidAvatarProvider.ID, JOB));
    }

    private AvatarVideo video(Talk talk) {
        return Objects.requireNonNull(jobs.toJob(talk).video());
    }

    private JobFailure failure(Talk talk) {
        return Objects.requireNonNull(jobs.toJob(talk).failure());
    }

    private static Talk talk(@Nullable String status, @Nullable String url, @Nullable Object error) {
        return new Talk("tlk_A1b2C3", status, "2026-11-22T10:00:00.000Z", null, null, null, null, url, error, null);
    }
}
