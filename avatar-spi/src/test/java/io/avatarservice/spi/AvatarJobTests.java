package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarJobTests {

    private static final ProviderId PROVIDER = ProviderId.of("sadtalker");
    private static final JobId ID = JobId.of("job-1");
    private static final JobFailure FAILURE =
            new JobFailure(FailureKind.FACE_NOT_FOUND, "no face", List.of(new FieldError("image", "no face")));

    @Test
    void queuedJobHasDoneNothingYet() {
        assertThat(AvatarJob.queued(PROVIDER, ID))
                .isEqualTo(AvatarJob.builder(PROVIDER, ID, AvatarJobStatus.QUEUED)
                        .progress(0)
                        .build());
    }

    @Test
    void completedJobNeedsAVideo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AvatarJob.builder(PROVIDER, ID, AvatarJobStatus.COMPLETED)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "CANCELLED"})
    void jobThatEndedWithoutAVideoNeedsAFailure(AvatarJobStatus status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AvatarJob.builder(PROVIDER, ID, status).build());
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "RUNNING"})
    void jobThatGoesOnHasNeitherVideoNorFailure(AvatarJobStatus status) {
        AvatarVideo video =
                AvatarVideo.builder(PROVIDER, ID, URI.create("http://a/v.mp4")).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        AvatarJob.builder(PROVIDER, ID, status).video(video).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        AvatarJob.builder(PROVIDER, ID, status).failure(FAILURE).build());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void progressIsBetweenZeroAndOne(double progress) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AvatarJob.builder(PROVIDER, ID, AvatarJobStatus.RUNNING)
                        .progress(progress)
                        .build())
                .withMessage("progress is between 0 and 1, but was " + progress);
    }

    @Test
    void exceptionOfAFailedJobTellsAllThatTheJobTold() {
        AvatarJob job = AvatarJob.builder(PROVIDER, ID, AvatarJobStatus.ERROR)
                .failure(FAILURE)
                .build();

        AvatarException exception = AvatarException.of(job, FAILURE);

        assertThat(exception).hasMessage("no face");
        assertThat(exception.kind()).isEqualTo(FailureKind.FACE_NOT_FOUND);
        assertThat(exception.provider()).isEqualTo(PROVIDER);
        assertThat(exception.jobId()).isEqualTo(ID);
        assertThat(exception.fieldErrors()).containsExactly(new FieldError("image", "no face"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyEndedStatesAreTerminal(AvatarJobStatus status) {
        assertThat(status.isTerminal())
                .isEqualTo(status != AvatarJobStatus.QUEUED && status != AvatarJobStatus.RUNNING);
    }
}
