package io.avatarservice.server.api;

import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobPage;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.JobView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Jobs: submitted, looked at, cancelled. */
@RestController
@Tag(name = "Jobs")
class JobController {

    private final Submissions submissions;
    private final JobService jobs;
    private final VideoLinks links;

    JobController(Submissions submissions, JobService jobs, VideoLinks links) {
        this.submissions = submissions;
        this.jobs = jobs;
        this.links = links;
    }

    @Operation(
            operationId = "submitJob",
            summary = "Submits a job",
            description = "Inline inputs are checked before the answer; those given by URL are downloaded by the job.",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = "Idempotency-Key",
                            description = "Sending the same request again with the same key makes no second job",
                            schema = @Schema(type = "string", maxLength = 255)))
    @SubmitAnswers
    @PostMapping(
            path = "/v1/jobs",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<WireJob>> submit(@Parameter(hidden = true) ServerWebExchange exchange) {
        return submit(exchange, null);
    }

    @Operation(
            operationId = "putJob",
            summary = "Submits a job under an id of the client's choice",
            description =
                    "Sending the same request again makes no second job; another request under the id is refused.")
    @SubmitAnswers
    @PutMapping(
            path = "/v1/jobs/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<WireJob>> put(
            @Parameter(description = "1 to 64 letters, digits, '-' or '_'") @PathVariable String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return submit(exchange, Parameters.newJobId(id));
    }

    @Operation(operationId = "getJob", summary = "Shows a job")
    @GetMapping(path = "/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireJob> get(
            @Parameter(description = "Id of the job") @PathVariable String id,
            @Parameter(hidden = true) ServerHttpRequest request) {
        return Blocking.call(() -> wire(jobs.get(Parameters.jobId(id)), request));
    }

    @Operation(operationId = "listJobs", summary = "Lists jobs, newest first")
    @GetMapping(path = "/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireJobList> list(
            @Parameter(
                            description = "Only jobs with this status",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"queued", "running", "completed", "error", "cancelled"}))
                    @RequestParam(required = false)
                    @Nullable String status,
            @Parameter(
                            description = "Most jobs on the page",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "next_cursor of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) ServerHttpRequest request) {
        return Blocking.call(() -> {
            JobPage page = jobs.list(Parameters.status(status), Parameters.cursor(cursor), Parameters.pageSize(limit));
            return new WireJobList(
                    page.jobs().stream().map(view -> wire(view, request)).toList(),
                    page.next() == null ? null : Parameters.text(page.next()));
        });
    }

    @Operation(
            operationId = "cancelJob",
            summary = "Cancels a job",
            description =
                    "A waiting job leaves the queue; a render stops at its next frame. Cancelling again is no error.")
    @DeleteMapping(path = "/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireJob> cancel(
            @Parameter(description = "Id of the job") @PathVariable String id,
            @Parameter(hidden = true) ServerHttpRequest request) {
        return Blocking.call(() -> wire(jobs.cancel(Parameters.jobId(id)), request));
    }

    private Mono<ResponseEntity<WireJob>> submit(ServerWebExchange exchange, @Nullable JobId id) {
        return submissions
                .submit(exchange, id, submission -> {})
                .flatMap(submission -> Blocking.call(() -> {
                    Job job = submission.view().job();
                    return ResponseEntity.status(job.status().finished() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                            .location(JobLocation.of(job.id(), exchange.getRequest()))
                            .body(wire(submission.view(), exchange.getRequest()));
                }));
    }

    private WireJob wire(JobView view, ServerHttpRequest request) {
        return WireJob.of(view, key -> links.video(key, request));
    }
}
