package io.avatarservice.server.api;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells what the server can render with. */
@RestController
@Tag(name = "Drivers")
class DriverController {

    private final DriverRegistry drivers;
    private final WireDrivers.Limits limits;

    DriverController(DriverRegistry drivers, MediaProperties media, ServerProperties server) {
        this.drivers = drivers;
        this.limits = WireDrivers.Limits.of(media, server);
    }

    @Operation(
            operationId = "listDrivers",
            summary = "Lists the drivers",
            description = "Each with its readiness, device and options, and the limits of the inputs.")
    @GetMapping(path = "/v1/drivers", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireDrivers> list() {
        return Blocking.call(() -> new WireDrivers(
                defaultDriver(),
                drivers.describe().stream().map(WireDrivers.Driver::of).toList(),
                limits));
    }

    private @Nullable String defaultDriver() {
        try {
            return drivers.resolve(null).name();
        } catch (ProblemException notReady) {
            return null;
        }
    }
}
