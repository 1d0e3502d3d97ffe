package io.avatarservice.client.sadtalker;

import io.avatarservice.client.sadtalker.SadTalkerWire.Job;
import io.avatarservice.client.sadtalker.SadTalkerWire.Result;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns jobs on the wire into ours. */
final class SadTalkerJobs {

    private static final double NANOS_PER_SECOND = 1e9;

    private final URI baseUrl;
    private final SadTalkerFailures failures;

    SadTalkerJobs(URI baseUrl, SadTalkerFailures failures) {
        this.baseUrl = baseUrl;
        this.failures = failures;
    }

    AvatarJob toJob(Job wire) {
        if (wire.id() == null || wire.id().isBlank()) {
            throw notUnderstood("a job without an id", null);
        }
        JobId id = JobId.of(wire.id());
        AvatarJobStatus status = status(wire);
        return AvatarJob.builder(SadTalkerAvatarProvider.ID, id, status)
                .progress(progress(wire, status))
                .stage(wire.stage())
                .queuePosition(wire.queuePosition())
                .driver(wire.driver())
                .video(status == AvatarJobStatus.COMPLETED ? video(id, wire.result()) : null)
                .failure(failure(wire, status))
                .build();
    }

    /** A status that a newer server may have is judged by what else the job says. */
    private static AvatarJobStatus status(Job wire) {
        return switch (Objects.requireNonNullElse(wire.status(), "")) {
            case "queued" -> AvatarJobStatus.QUEUED;
            case "running" -> AvatarJobStatus.RUNNING;
            case "completed" -> AvatarJobStatus.COMPLETED;
            case "error" -> AvatarJobStatus.ERROR;
            case "cancelled" -> AvatarJobStatus.CANCELLED;
            default -> {
                if (wire.error() != null) {
                    yield AvatarJobStatus.ERROR;
                }
                yield wire.result() != null ? AvatarJobStatus.COMPLETED : AvatarJobStatus.RUNNING;
            }
        };
    }

    private static double progress(Job wire, AvatarJobStatus status) {
        if (status == AvatarJobStatus.COMPLETED) {
            return 1;
        }
        Double progress = wire.progress();
        return progress == null || progress.isNaN() ? 0 : Math.min(1, Math.max(0, progress));
    }

    private @Nullable JobFailure failure(Job wire, AvatarJobStatus status) {
        if (status == AvatarJobStatus.ERROR) {
            return failures.ofJob(wire.error());
        }
        if (status == AvatarJobStatus.CANCELLED) {
            return new JobFailure(FailureKind.CANCELLED, "the job was cancelled", List.of());
        }
        return null;
    }

    private AvatarVideo video(JobId id, @Nullable Result result) {
        if (result == null || result.videoUrl() == null) {
            throw notUnderstood("a completed job without a video", id);
        }
        return AvatarVideo.builder(SadTalkerAvatarProvider.ID, id, url(result.videoUrl(), id))
                .contentType(Objects.requireNonNullElse(result.contentType(), "video/mp4"))
                .duration(duration(result.durationSeconds()))
                .sizeBytes(result.sizeBytes())
                .width(result.width())
                .height(result.height())
                .frameRate(result.frameRate())
                .expiresAt(time(result.expiresAt()))
                .build();
    }

    private URI url(String videoUrl, JobId id) {
        try {
            return baseUrl.resolve(videoUrl);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message repeats an address that may be signed.
            throw notUnderstood("a video with a malformed address", id);
        }
    }

    /** A time that is not understood is as good as none: the video is the same. */
    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Duration duration(@Nullable Double seconds) {
        return seconds == null ? null : Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    private AvatarException notUnderstood(String what, @Nullable JobId id) {
        return AvatarException.builder(FailureKind.UNAVAILABLE, baseUrl + " answered with " + what)
                .provider(SadTalkerAvatarProvider.ID)
                .jobId(id)
                .build();
    }
}
