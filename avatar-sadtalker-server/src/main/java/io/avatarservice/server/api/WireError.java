package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.job.JobError;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a job failed, as clients see it. */
@Schema(name = "JobError")
@JsonNaming(SnakeCaseStrategy.class)
record WireError(
        @Schema(description = "Stable code", example = "FACE_NOT_FOUND")
        String code,

        @Schema(description = "For people; names the limit and what was found")
        String message,

        @Schema(description = "Request field at fault", example = "image_url") @Nullable String field,

        @Schema(description = "Whether the same request may succeed when sent again")
        boolean retryable) {

    static @Nullable WireError of(@Nullable JobError error) {
        return error == null
                ? null
                : new WireError(
                        error.code().name(),
                        error.message(),
                        error.field(),
                        error.code().retryable());
    }
}
