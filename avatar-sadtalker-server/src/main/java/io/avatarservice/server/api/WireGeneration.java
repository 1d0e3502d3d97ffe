package io.avatarservice.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.storage.VideoLink;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /generate}. Absent facts are left out. */
@Schema(name = "Generation")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(SnakeCaseStrategy.class)
record WireGeneration(
        @Schema(allowableValues = {"queued", "completed", "error"})
        String status,

        @Schema(description = "Where to download the video, once completed") @Nullable URI videoUrl,

        @Schema(description = "When the address expires, where it does") @Nullable Instant expiresAt,

        @Schema(description = "For people") @Nullable String message,

        @Schema(description = "Name of the job, see /v1/jobs/{id}") @Nullable String jobId,

        @Schema(description = "Driver that renders it", example = "preview") @Nullable String driver,

        @Schema(description = "Stable code of an error", example = "FACE_NOT_FOUND") @Nullable String code,

        @Schema(description = "Whether the same request may succeed when sent again") @Nullable Boolean retryable,

        @Schema(description = "The request fields at fault") @Nullable List<WireFieldError> errors) {

    static WireGeneration queued(String jobId, String driver) {
        String message = "the video is not finished yet; follow the job at /v1/jobs/" + jobId;
        return new WireGeneration("queued", null, null, message, jobId, driver, null, null, null);
    }

    static WireGeneration completed(String jobId, String driver, VideoLink video) {
        return new WireGeneration("completed", video.url(), video.expiresAt(), null, jobId, driver, null, null, null);
    }

    /** Without the address: where it is signed, knowing it is the permission. */
    @Override
    public String toString() {
        return "WireGeneration[status=" + status + ", jobId=" + jobId + ", code=" + code + "]";
    }
}
