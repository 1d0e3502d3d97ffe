package io.avatarservice.spi;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One provider's part in a render: what came of asking it, or why it was not asked.
 *
 * @param provider that was asked, or passed over
 * @param outcome what came of it
 * @param jobId the job it accepted, or {@code null} where it accepted none
 * @param kind of the failure; not {@code null} exactly when the outcome is not {@link Outcome#SUCCEEDED}
 * @param message for people: why there was no video, free of secrets and signed addresses; {@code null} exactly when the
 *     outcome is {@link Outcome#SUCCEEDED}
 * @param duration from the first call to the end of this part, repeated calls included
 * @since 0.1.0
 */
public record AvatarAttempt(
        ProviderId provider,
        Outcome outcome,
        @Nullable JobId jobId,
        @Nullable FailureKind kind,
        @Nullable String message,
        Duration duration)
        implements Serializable {

    /**
     * Checks that the parts agree.
     *
     * @throws IllegalArgumentException if kind or message do not go with the outcome
     */
    public AvatarAttempt {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(duration, "duration");
        boolean succeeded = outcome == Outcome.SUCCEEDED;
        if (succeeded != (kind == null) || succeeded != (message == null)) {
            throw new IllegalArgumentException(
                    "an attempt has a kind and a message exactly when it did not succeed, but was " + outcome);
        }
    }

    /** The provider rendered the video. */
    public static AvatarAttempt succeeded(ProviderId provider, JobId jobId, Duration duration) {
        return new AvatarAttempt(provider, Outcome.SUCCEEDED, jobId, null, null, duration);
    }

    /** The provider was asked, and there is no video of it. */
    public static AvatarAttempt failed(ProviderId provider, AvatarException failure, Duration duration) {
        return new AvatarAttempt(provider, Outcome.FAILED, failure.jobId(), failure.kind(), failure.reason(), duration);
    }

    /** The provider was not asked. */
    public static AvatarAttempt skipped(ProviderId provider, FailureKind kind, String why) {
        return new AvatarAttempt(provider, Outcome.SKIPPED, null, kind, why, Duration.ZERO);
    }

    /**
     * What came of an attempt.
     *
     * @since 0.1.0
     */
    public enum Outcome {
        /** The provider rendered the video. */
        SUCCEEDED,
        /** The provider was asked, and there is no video of it. */
        FAILED,
        /** The provider was not asked: it cannot do what the request needs, its breaker is open, or its money is spent. */
        SKIPPED
    }
}
