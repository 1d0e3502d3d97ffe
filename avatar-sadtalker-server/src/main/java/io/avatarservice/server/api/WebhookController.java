package io.avatarservice.server.api;

import io.avatarservice.server.webhook.WebhookService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What became of the call that a client wanted at the end of its job. */
@RestController
@Tag(name = "Webhooks")
class WebhookController {

    private final WebhookService webhooks;

    WebhookController(WebhookService webhooks) {
        this.webhooks = webhooks;
    }

    @Operation(
            operationId = "getWebhook",
            summary = "Shows the delivery of a job's webhook call",
            description = "404 for a job that was submitted without webhook_url.")
    @GetMapping(path = "/v1/jobs/{id}/webhook", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireWebhook> get(@Parameter(description = "Id of the job") @PathVariable String id) {
        return Blocking.call(() -> WireWebhook.of(webhooks.get(Parameters.jobId(id))));
    }

    @Operation(
            operationId = "redeliverWebhook",
            summary = "Delivers a job's webhook call once more",
            description = "Whatever became of it before; the message keeps its id, and the retries begin anew.")
    @ApiResponse(responseCode = "202", description = "The call is due")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping(path = "/v1/jobs/{id}/webhook/redeliver", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireWebhook> redeliver(@Parameter(description = "Id of the job") @PathVariable String id) {
        return Blocking.call(() -> WireWebhook.of(webhooks.redeliver(Parameters.jobId(id))));
    }
}
