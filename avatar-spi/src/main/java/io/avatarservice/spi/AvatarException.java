package io.avatarservice.spi;

import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A talking-head video that could not be had. {@link #kind()} says what may be tried next; the message says what
 * happened, for people, free of secrets and signed addresses.
 *
 * @since 0.1.0
 */
public class AvatarException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final @Nullable ProviderId provider;
    private final @Nullable JobId jobId;
    private final @Nullable Duration retryAfter;
    private final ArrayList<FieldError> fieldErrors;
    private final ArrayList<AvatarAttempt> attempts;

    /** For subclasses: a failure as the builder describes it. */
    protected AvatarException(Builder builder) {
        super(builder.message, builder.cause);
        this.kind = builder.kind;
        this.provider = builder.provider;
        this.jobId = builder.jobId;
        this.retryAfter = builder.retryAfter;
        this.fieldErrors = new ArrayList<>(builder.fieldErrors);
        this.attempts = new ArrayList<>(builder.attempts);
    }

    /** Starts the description of a failure. */
    public static Builder builder(FailureKind kind, String message) {
        return new Builder(kind, message);
    }

    /** The failure of a job that ended without a video. */
    public static AvatarException of(AvatarJob job, JobFailure failure) {
        return builder(failure.kind(), failure.message())
                .provider(job.provider())
                .jobId(job.id())
                .fieldErrors(failure.fieldErrors())
                .build();
    }

    /** What may be tried next. */
    public FailureKind kind() {
        return kind;
    }

    /** The provider that failed, or {@code null} where none was asked. */
    public @Nullable ProviderId provider() {
        return provider;
    }

    /** The job that failed, or {@code null} where none was accepted. */
    public @Nullable JobId jobId() {
        return jobId;
    }

    /** How long the provider asks to wait before the next call, or {@code null} where it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What is wrong with which field; empty where no field is at fault. */
    public List<FieldError> fieldErrors() {
        return Collections.unmodifiableList(fieldErrors);
    }

    /** Who was asked, in order; empty where the failure comes from a provider and not from a client. */
    public List<AvatarAttempt> attempts() {
        return Collections.unmodifiableList(attempts);
    }

    /** Starts a changed copy, whose cause is the cause of this one. */
    public Builder toBuilder() {
        return builder(kind, reason())
                .provider(provider)
                .jobId(jobId)
                .retryAfter(retryAfter)
                .fieldErrors(fieldErrors)
                .attempts(attempts)
                .cause(getCause());
    }

    /** The message; never {@code null} here. */
    public String reason() {
        return Objects.requireNonNullElse(getMessage(), kind.name());
    }

    /**
     * Describes a failure.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final FailureKind kind;
        private final String message;
        private @Nullable ProviderId provider;
        private @Nullable JobId jobId;
        private @Nullable Duration retryAfter;
        private List<FieldError> fieldErrors = List.of();
        private List<AvatarAttempt> attempts = List.of();
        private @Nullable Throwable cause;

        private Builder(FailureKind kind, String message) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.message = Objects.requireNonNull(message, "message");
        }

        /** The provider that failed. */
        public Builder provider(@Nullable ProviderId provider) {
            this.provider = provider;
            return this;
        }

        /** The job that failed. */
        public Builder jobId(@Nullable JobId jobId) {
            this.jobId = jobId;
            return this;
        }

        /** How long the provider asks to wait; not negative. */
        public Builder retryAfter(@Nullable Duration retryAfter) {
            if (retryAfter != null && retryAfter.isNegative()) {
                throw new IllegalArgumentException("retryAfter must not be negative, but was " + retryAfter);
            }
            this.retryAfter = retryAfter;
            return this;
        }

        /** What is wrong with which field. */
        public Builder fieldErrors(List<FieldError> fieldErrors) {
            this.fieldErrors = List.copyOf(fieldErrors);
            return this;
        }

        /** Who was asked, in order. */
        public Builder attempts(List<AvatarAttempt> attempts) {
            this.attempts = List.copyOf(attempts);
            return this;
        }

        /** What led to the failure. */
        public Builder cause(@Nullable Throwable cause) {
            this.cause = cause;
            return this;
        }

        /** The exception, to be thrown or emitted. */
        public AvatarException build() {
            return new AvatarException(this);
        }
    }
}
