package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.spi.AvatarAttempt.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AvatarAttemptTests {

    private static final ProviderId PROVIDER = ProviderId.of("d-id");
    private static final JobId JOB = JobId.of("tlk_1");

    @Test
    void aSuccessHasAJobAndNoFailure() {
        AvatarAttempt attempt = AvatarAttempt.succeeded(PROVIDER, JOB, Duration.ofSeconds(7));

        assertThat(attempt)
                .isEqualTo(new AvatarAttempt(PROVIDER, Outcome.SUCCEEDED, JOB, null, null, Duration.ofSeconds(7)));
    }

    @Test
    void aFailureTellsWhatTheExceptionTells() {
        AvatarException failure = AvatarException.builder(FailureKind.RENDER_FAILED, "it broke")
                .jobId(JOB)
                .build();

        AvatarAttempt attempt = AvatarAttempt.failed(PROVIDER, failure, Duration.ofSeconds(7));

        assertThat(attempt)
                .isEqualTo(new AvatarAttempt(
                        PROVIDER, Outcome.FAILED, JOB, FailureKind.RENDER_FAILED, "it broke", Duration.ofSeconds(7)));
    }

    @Test
    void oneThatWasPassedOverTookNoTime() {
        AvatarAttempt attempt = AvatarAttempt.skipped(PROVIDER, FailureKind.UNSUPPORTED, "takes no driving video");

        assertThat(attempt.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(attempt.jobId()).isNull();
        assertThat(attempt.duration()).isZero();
    }

    @Test
    void aSuccessWithAReasonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AvatarAttempt(PROVIDER, Outcome.SUCCEEDED, JOB, null, "it broke", Duration.ZERO));
    }

    @Test
    void aFailureWithoutAKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AvatarAttempt(PROVIDER, Outcome.FAILED, JOB, null, "it broke", Duration.ZERO));
    }
}
