package io.avatarservice.client.observation;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
import io.micrometer.observation.Observation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an operation while it goes on, and after. Written by {@link ObservedAvatarClient}.
 *
 * @since 0.1.0
 */
public final class AvatarClientObservationContext extends Observation.Context {

    private final AvatarClientOperation operation;
    private final ProviderId provider;
    private final @Nullable String driver;
    private volatile @Nullable ProviderId servedBy;
    private volatile @Nullable JobId jobId;
    private volatile List<AvatarAttempt> attempts = List.of();
    private volatile boolean cancelled;

    AvatarClientObservationContext(AvatarClientOperation operation, ProviderId provider, @Nullable String driver) {
        this.operation = Objects.requireNonNull(operation, "operation");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.driver = driver;
    }

    /** What was asked for. */
    public AvatarClientOperation operation() {
        return operation;
    }

    /** Who is asked first: the selected provider, or the one that has the job or the video. */
    public ProviderId provider() {
        return provider;
    }

    /** The engine that the request names, or {@code null} if it leaves it to the provider. */
    public @Nullable String driver() {
        return driver;
    }

    /** Who did it in the end, or {@code null} where nobody has yet. */
    public @Nullable ProviderId servedBy() {
        return servedBy;
    }

    /** The latest job, or {@code null} where none was accepted. */
    public @Nullable JobId jobId() {
        return jobId;
    }

    /** Who was asked, in order; empty until the end. */
    public List<AvatarAttempt> attempts() {
        return attempts;
    }

    /** Whether the subscriber lost interest before the end. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Why it failed, or {@code null} where it did not, or not with an {@link AvatarException}. */
    public @Nullable FailureKind failureKind() {
        return getError() instanceof AvatarException failure ? failure.kind() : null;
    }

    void accepted(JobId jobId) {
        this.jobId = jobId;
    }

    void served(ProviderId servedBy) {
        this.servedBy = servedBy;
    }

    void attempted(List<AvatarAttempt> attempts) {
        this.attempts = attempts;
    }

    void cancel() {
        this.cancelled = true;
    }
}
