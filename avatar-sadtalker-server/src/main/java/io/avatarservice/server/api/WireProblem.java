package io.avatarservice.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An RFC 9457 problem. */
@Schema(name = "Problem", description = "RFC 9457 problem details")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(SnakeCaseStrategy.class)
record WireProblem(
        @Schema(example = "about:blank") String type,

        @Schema(description = "Meaning of the HTTP status", example = "Bad Request")
        String title,

        @Schema(description = "HTTP status", example = "400")
        int status,

        @Schema(description = "For people; names the limit and what was found")
        String detail,

        @Schema(description = "Path of the request", example = "/v1/jobs") @Nullable String instance,

        @Schema(description = "Stable code", example = "INVALID_REQUEST")
        String code,

        @Schema(description = "Whether the same request may succeed when sent again")
        boolean retryable,

        @Schema(description = "The request fields at fault") List<WireFieldError> errors,

        @Schema(description = "Trace of the call, as the server's log has it") @Nullable String traceId) {}
