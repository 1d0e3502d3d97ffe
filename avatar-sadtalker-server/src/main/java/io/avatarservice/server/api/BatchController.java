package io.avatarservice.server.api;

import io.avatarservice.server.job.BatchId;
import io.avatarservice.server.job.BatchService;
import io.avatarservice.server.job.BatchView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Many jobs at once. */
@RestController
@Tag(name = "Batches")
class BatchController {

    private static final String PATH = "/v1/batches";

    private final Batches submissions;
    private final BatchService batches;
    private final VideoLinks links;

    BatchController(Batches submissions, BatchService batches, VideoLinks links) {
        this.submissions = submissions;
        this.batches = batches;
        this.links = links;
    }

    @Operation(
            operationId = "submitBatch",
            summary = "Submits many jobs",
            description = "Each job is checked and accepted or refused by itself. Where none is accepted, the answer is"
                    + " the problem of the first.",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = "Idempotency-Key",
                            description = "Sending the same request again with the same key makes no second jobs; it"
                                    + " submits those that were refused",
                            schema = @Schema(type = "string", maxLength = 250)))
    @ApiResponse(
            responseCode = "202",
            description = "At least one job is accepted",
            headers = @Header(name = "Location", description = "Address of the batch"),
            content = @Content(schema = @Schema(implementation = WireBatch.class)))
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<WireBatch>> submit(@Parameter(hidden = true) ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        return submissions
                .submit(exchange)
                .map(batch -> ResponseEntity.accepted()
                        .location(URI.create(request.getPath().contextPath().value() + PATH + "/"
                                + batch.batch().id()))
                        .body(wire(batch, request)));
    }

    @Operation(operationId = "getBatch", summary = "Shows a batch and its jobs")
    @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireBatch> get(
            @Parameter(description = "Id of the batch") @PathVariable String id,
            @Parameter(hidden = true) ServerHttpRequest request) {
        BatchId batch = Parameters.batchId(id);
        return Blocking.call(() -> wire(batches.get(batch), request));
    }

    private WireBatch wire(BatchView batch, ServerHttpRequest request) {
        return WireBatch.of(batch, key -> links.video(key, request));
    }
}
