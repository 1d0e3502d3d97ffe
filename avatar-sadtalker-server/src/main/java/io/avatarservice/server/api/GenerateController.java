package io.avatarservice.server.api;

import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobResult;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.JobView;
import io.avatarservice.server.storage.VideoLink;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The one call that existing orchestrators make: inputs in, video out. */
@RestController
@Tag(name = "Generate")
class GenerateController {

    private final Submissions submissions;
    private final JobService jobs;
    private final VideoLinks links;
    private final FailureHandler failures;
    private final ServerProperties properties;

    GenerateController(
            Submissions submissions,
            JobService jobs,
            VideoLinks links,
            FailureHandler failures,
            ServerProperties properties) {
        this.submissions = submissions;
        this.jobs = jobs;
        this.links = links;
        this.failures = failures;
        this.properties = properties;
    }

    @Operation(
            operationId = "generate",
            summary = "Renders a video and waits for it",
            description = "Answers 200 with the video's address, or 202 with the job where it takes longer than the"
                    + " server waits. A client that closes the connection while it waits cancels the job.",
            parameters = {
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "Prefer",
                        description = "respond-async for an immediate 202, wait=N to wait at most N seconds",
                        schema = @Schema(type = "string"),
                        example = "wait=20"),
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "Idempotency-Key",
                        description = "Sending the same request again with the same key makes no second job",
                        schema = @Schema(type = "string", maxLength = 255))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The video is finished",
            content = @Content(schema = @Schema(implementation = WireGeneration.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The job goes on; Location names it",
            content = @Content(schema = @Schema(implementation = WireGeneration.class)))
    @PostMapping(
            path = "/generate",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<WireGeneration>> generate(@Parameter(hidden = true) ServerWebExchange exchange) {
        WaitMode mode = WaitMode.of(exchange.getRequest().getHeaders(), properties.syncWait());
        WaitingClient client = new WaitingClient(jobs);
        return submissions
                .submit(exchange, null, client::waitsFor)
                .flatMap(submission -> finished(submission.view(), mode))
                .flatMap(view -> Blocking.call(() -> response(view, mode, exchange)))
                .doOnCancel(client::left);
    }

    /** The job once it has finished, or as it was when the wait is over or the server stops. */
    private Mono<JobView> finished(JobView view, WaitMode mode) {
        if (mode.longest().isZero()) {
            return Mono.just(view);
        }
        return jobs.finished(view.job().id())
                .timeout(mode.longest(), Mono.just(view))
                .defaultIfEmpty(view);
    }

    private ResponseEntity<WireGeneration> response(JobView view, WaitMode mode, ServerWebExchange exchange) {
        HttpHeaders headers = new HttpHeaders();
        if (mode.applied() != null) {
            headers.set("Preference-Applied", mode.applied());
        }
        Job job = view.job();
        String id = job.id().value();
        return switch (job.status()) {
            case QUEUED, RUNNING ->
                ResponseEntity.accepted()
                        .headers(headers)
                        .location(JobLocation.of(job.id(), exchange.getRequest()))
                        .body(WireGeneration.queued(id, job.driver()));
            case COMPLETED ->
                ResponseEntity.ok()
                        .headers(headers)
                        .body(WireGeneration.completed(id, job.driver(), video(job, exchange)));
            case ERROR, CANCELLED -> failures.answer(job);
        };
    }

    private VideoLink video(Job job, ServerWebExchange exchange) {
        JobResult result = job.result();
        if (result == null) {
            throw new IllegalStateException("a completed job has a result");
        }
        return links.video(result.video().key(), exchange.getRequest());
    }
}
