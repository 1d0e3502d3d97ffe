package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobResult;
import io.avatarservice.server.job.JobView;
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoLink;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job as clients see it. */
@Schema(name = "Job")
@JsonNaming(SnakeCaseStrategy.class)
record WireJob(
        @Schema(description = "Name of the job") String id,

        @Schema(allowableValues = {"queued", "running", "completed", "error", "cancelled"})
        String status,

        @Schema(description = "Driver that renders it", example = "preview")
        String driver,

        @Schema(
                description = "What a running job is doing",
                allowableValues = {"fetching", "analyzing", "rendering", "storing"},
                nullable = true)
        @Nullable String stage,

        @Schema(description = "Part of the frames that are encoded", minimum = "0", maximum = "1")
        double progress,

        @Schema(description = "Place in the queue, 1 is next", minimum = "1", nullable = true) @Nullable Integer queuePosition,

        @Schema(description = "Jobs with a higher one are taken first", minimum = "-10", maximum = "10")
        int priority,

        @Schema(description = "When it must have finished", nullable = true) @Nullable Instant deadline,

        @Schema(description = "How often a worker has begun it", minimum = "0")
        int attempts,

        @Schema(description = "When it was accepted") Instant createdAt,

        @Schema(description = "When a worker took it", nullable = true) @Nullable Instant startedAt,

        @Schema(description = "When it reached its final status", nullable = true) @Nullable Instant finishedAt,

        @Schema(description = "What it made, once completed", nullable = true) @Nullable Result result,

        @Schema(description = "Why it failed", nullable = true) @Nullable WireError error,

        @Schema(description = "Time spent in each stage, once it has been left")
        Timings timings) {

    static WireJob of(JobView view, Function<VideoKey, VideoLink> link) {
        Job job = view.job();
        return new WireJob(
                job.id().value(),
                job.status().wireName(),
                job.driver(),
                job.stage() == null ? null : job.stage().wireName(),
                Math.round(job.progress() * 1e4) / 1e4,
                view.queuePosition(),
                job.terms().priority(),
                job.terms().deadline(),
                job.runs().attempts(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                Result.of(job.result(), link),
                WireError.of(job.error()),
                Timings.of(job));
    }

    /** The finished video. */
    @Schema(name = "JobResult")
    @JsonNaming(SnakeCaseStrategy.class)
    record Result(
            @Schema(description = "Where to download the video")
            URI videoUrl,

            @Schema(description = "When the address expires, where it does", nullable = true) @Nullable Instant expiresAt,

            @Schema(example = "video/mp4") String contentType,
            long sizeBytes,
            double durationSeconds,
            @Schema(description = "Pixels") int width,
            @Schema(description = "Pixels") int height,

            @Schema(description = "Frames per second", example = "25")
            double frameRate,

            int frameCount) {

        static @Nullable Result of(@Nullable JobResult result, Function<VideoKey, VideoLink> link) {
            if (result == null) {
                return null;
            }
            VideoLink video = link.apply(result.video().key());
            return new Result(
                    video.url(),
                    video.expiresAt(),
                    result.video().contentType(),
                    result.video().bytes(),
                    Math.round(result.seconds() * 1e3) / 1e3,
                    result.format().width(),
                    result.format().height(),
                    result.format().frameRate().perSecond(),
                    result.format().frameCount());
        }

        /** Without the address: where it is signed, knowing it is the permission. */
        @Override
        public String toString() {
            return "Result[sizeBytes=" + sizeBytes + ", durationSeconds=" + durationSeconds + "]";
        }
    }

    /** Milliseconds of wall-clock time. */
    @Schema(name = "JobTimings")
    @JsonNaming(SnakeCaseStrategy.class)
    record Timings(
            @Schema(nullable = true) @Nullable Long queuedMs,
            @Schema(nullable = true) @Nullable Long fetchingMs,
            @Schema(nullable = true) @Nullable Long analyzingMs,
            @Schema(nullable = true) @Nullable Long renderingMs,
            @Schema(nullable = true) @Nullable Long storingMs) {

        static Timings of(Job job) {
            return new Timings(
                    millis(job.queuedTime()),
                    millis(job.stageTimes().get(RenderStage.FETCHING)),
                    millis(job.stageTimes().get(RenderStage.ANALYZING)),
                    millis(job.stageTimes().get(RenderStage.RENDERING)),
                    millis(job.stageTimes().get(RenderStage.STORING)));
        }

        private static @Nullable Long millis(@Nullable Duration time) {
            return time == null ? null : time.toMillis();
        }
    }
}
