package io.avatarservice.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The JSON request body of a batch, for the API description only: it is read as a stream. */
@Schema(name = "BatchRequest")
record WireBatchRequest(
        @Schema(description = "The jobs, each as it would be sent alone", requiredMode = Schema.RequiredMode.REQUIRED)
        List<WireRenderRequest> jobs) {}
