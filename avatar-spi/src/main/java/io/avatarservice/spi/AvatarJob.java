package io.avatarservice.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one render at its provider. Create it with {@link #builder}: components may be added in later versions.
 *
 * @param provider who renders
 * @param id what the provider calls the job
 * @param status where it is on its way
 * @param progress 0 to 1; how much of the work is done
 * @param stage what is being done, in the provider's words, for example {@code rendering}; {@code null} where it does
 *     not tell
 * @param queuePosition how many are served up to this job, 1 for the next; {@code null} unless it waits and the provider
 *     tells
 * @param driver the engine that renders, or {@code null} where the provider does not tell
 * @param video the result; not {@code null} exactly when the status is {@link AvatarJobStatus#COMPLETED}
 * @param failure why there is no video; not {@code null} exactly when the status is {@link AvatarJobStatus#ERROR} or
 *     {@link AvatarJobStatus#CANCELLED}
 * @since 0.1.0
 */
public record AvatarJob(
        ProviderId provider,
        JobId id,
        AvatarJobStatus status,
        double progress,
        @Nullable String stage,
        @Nullable Integer queuePosition,
        @Nullable String driver,
        @Nullable AvatarVideo video,
        @Nullable JobFailure failure) {

    /**
     * Checks that the parts agree.
     *
     * @throws IllegalArgumentException if progress is out of range, or video or failure do not go with the status
     */
    public AvatarJob {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        if (!(progress >= 0 && progress <= 1)) {
            throw new IllegalArgumentException("progress is between 0 and 1, but was " + progress);
        }
        boolean completed = status == AvatarJobStatus.COMPLETED;
        if (completed != (video != null)) {
            throw new IllegalArgumentException("a job has a video exactly when it is completed, but was " + status);
        }
        if ((status.isTerminal() && !completed) != (failure != null)) {
            throw new IllegalArgumentException(
                    "a job has a failure exactly when it ended without a video, but was " + status);
        }
    }

    /** A job that waits. */
    public static AvatarJob queued(ProviderId provider, JobId id) {
        return builder(provider, id, AvatarJobStatus.QUEUED).build();
    }

    /** Starts a snapshot. */
    public static Builder builder(ProviderId provider, JobId id, AvatarJobStatus status) {
        return new Builder(provider, id, status);
    }

    /**
     * Collects what is known of a job.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final ProviderId provider;
        private final JobId id;
        private final AvatarJobStatus status;
        private double progress;
        private @Nullable String stage;
        private @Nullable Integer queuePosition;
        private @Nullable String driver;
        private @Nullable AvatarVideo video;
        private @Nullable JobFailure failure;

        private Builder(ProviderId provider, JobId id, AvatarJobStatus status) {
            this.provider = provider;
            this.id = id;
            this.status = status;
        }

        /** How much of the work is done, 0 to 1; 0 unless set. */
        public Builder progress(double progress) {
            this.progress = progress;
            return this;
        }

        /** What is being done, in the provider's words. */
        public Builder stage(@Nullable String stage) {
            this.stage = stage;
            return this;
        }

        /** How many are served up to this job, 1 for the next. */
        public Builder queuePosition(@Nullable Integer queuePosition) {
            this.queuePosition = queuePosition;
            return this;
        }

        /** The engine that renders. */
        public Builder driver(@Nullable String driver) {
            this.driver = driver;
            return this;
        }

        /** The result of a completed job. */
        public Builder video(@Nullable AvatarVideo video) {
            this.video = video;
            return this;
        }

        /** Why there is no video. */
        public Builder failure(@Nullable JobFailure failure) {
            this.failure = failure;
            return this;
        }

        /** The snapshot. */
        public AvatarJob build() {
            return new AvatarJob(provider, id, status, progress, stage, queuePosition, driver, video, failure);
        }
    }
}
