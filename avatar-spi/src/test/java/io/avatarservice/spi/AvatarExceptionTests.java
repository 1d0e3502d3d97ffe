package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvatarExceptionTests {

    @Test
    void tellsWhatItWasBuiltWith() {
        IllegalStateException cause = new IllegalStateException("busy");

        AvatarException exception = AvatarException.builder(FailureKind.RATE_LIMITED, "try later")
                .provider(ProviderId.of("d-id"))
                .retryAfter(Duration.ofSeconds(7))
                .cause(cause)
                .build();

        assertThat(exception).hasMessage("try later").hasCause(cause);
        assertThat(exception.reason()).isEqualTo("try later");
        assertThat(exception.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(exception.provider()).isEqualTo(ProviderId.of("d-id"));
        assertThat(exception.jobId()).isNull();
        assertThat(exception.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(exception.fieldErrors()).isEmpty();
    }

    @Test
    void refusesANegativeDelay() {
        AvatarException.Builder builder = AvatarException.builder(FailureKind.RATE_LIMITED, "try later");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.retryAfter(Duration.ofSeconds(-1)));
    }

    @Test
    void aCopyKeepsWhatIsNotChanged() {
        AvatarAttempt attempt =
                AvatarAttempt.skipped(ProviderId.of("d-id"), FailureKind.UNSUPPORTED, "takes no driving video");
        AvatarException original = AvatarException.builder(FailureKind.RATE_LIMITED, "try later")
                .provider(ProviderId.of("sadtalker"))
                .jobId(JobId.of("job-1"))
                .retryAfter(Duration.ofSeconds(7))
                .fieldErrors(List.of(new FieldError("image", "too large")))
                .cause(new IllegalStateException("busy"))
                .build();

        AvatarException copy = original.toBuilder().attempts(List.of(attempt)).build();

        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("attempts", "stackTrace")
                .isEqualTo(original);
        assertThat(copy.attempts()).containsExactly(attempt);
    }

    @Test
    void canBeSerialized() throws Exception {
        AvatarException exception = AvatarException.builder(FailureKind.INVALID_REQUEST, "too large")
                .provider(ProviderId.of("sadtalker"))
                .jobId(JobId.of("job-1"))
                .fieldErrors(List.of(new FieldError("image", "too large")))
                .attempts(List.of(
                        AvatarAttempt.skipped(ProviderId.of("d-id"), FailureKind.UNSUPPORTED, "takes no such thing")))
                .build();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            AvatarException copy = (AvatarException) in.readObject();
            assertThat(copy).hasMessage("too large");
            assertThat(copy.provider()).isEqualTo(exception.provider());
            assertThat(copy.fieldErrors()).isEqualTo(exception.fieldErrors());
            assertThat(copy.attempts()).isEqualTo(exception.attempts());
        }
    }
}
