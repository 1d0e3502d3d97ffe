package io.avatarservice.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The liveness check that existing orchestrators call. */
@RestController
@Tag(name = "Server")
class HealthController {

    record Health(boolean ok) {}

    @Operation(operationId = "healthz", summary = "Says that the server answers")
    @GetMapping(path = "/healthz", produces = MediaType.APPLICATION_JSON_VALUE)
    Health healthz() {
        return new Health(true);
    }
}
