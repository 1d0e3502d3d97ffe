package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the list of jobs. */
@Schema(name = "JobList")
@JsonNaming(SnakeCaseStrategy.class)
record WireJobList(
        @Schema(description = "Newest first") List<WireJob> jobs,

        @Schema(description = "Send it as 'cursor' for the next page; null on the last", nullable = true) @Nullable String nextCursor) {}
