package io.avatarservice.server.api;

import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.JobView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The changes of a job as server-sent events. */
@RestController
@Tag(name = "Jobs")
class JobEventController {

    private static final String EVENT = "job";
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private final JobService jobs;
    private final VideoLinks links;
    private final ServerProperties properties;

    JobEventController(JobService jobs, VideoLinks links, ServerProperties properties) {
        this.jobs = jobs;
        this.links = links;
        this.properties = properties;
    }

    @Operation(
            operationId = "watchJob",
            summary = "Streams the changes of a job",
            description = "Each event is named 'job', carries the whole job and has an id. The stream ends after the"
                    + " event with the final status. A client that comes back with Last-Event-ID, to any server, gets the job as"
                    + " it is now where that is news, or 204 where it has seen the end.")
    @ApiResponse(
            responseCode = "200",
            description = "Events",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = WireJob.class)))
    @ApiResponse(responseCode = "204", description = "The client has seen the end", content = @Content)
    @GetMapping(path = "/v1/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<ResponseEntity<Flux<ServerSentEvent<WireJob>>>> events(
            @Parameter(description = "Id of the job") @PathVariable String id,
            @Parameter(
                            in = ParameterIn.HEADER,
                            name = "Last-Event-ID",
                            description = "Id of the last event seen",
                            schema = @Schema(type = "integer"))
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable String lastEventId,
            @Parameter(hidden = true) ServerHttpRequest request) {
        return Blocking.call(() -> {
            JobId job = Parameters.jobId(id);
            long seen = Parameters.lastEventId(lastEventId);
            Job now = jobs.get(job).job();
            if (now.status().finished() && seen >= now.version()) {
                return ResponseEntity.status(HttpStatus.NO_CONTENT).build();
            }
            Flux<JobView> changes = jobs.watch(job, seen);
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    // nginx and its kin hold events back otherwise
                    .header("X-Accel-Buffering", "no")
                    .body(changes.publishOn(
                                    Schedulers.boundedElastic()) // an address may have to be signed by another service
                            .map(view -> event(view, request))
                            .publish(this::withHeartbeat));
        });
    }

    private Flux<ServerSentEvent<WireJob>> withHeartbeat(Flux<ServerSentEvent<WireJob>> events) {
        Flux<ServerSentEvent<WireJob>> heartbeat = Flux.interval(properties.heartbeat())
                .onBackpressureDrop()
                .map(beat ->
                        ServerSentEvent.<WireJob>builder().comment("keep-alive").build());
        return Flux.merge(events, heartbeat.takeUntilOther(events.ignoreElements()));
    }

    private ServerSentEvent<WireJob> event(JobView view, ServerHttpRequest request) {
        return ServerSentEvent.<WireJob>builder()
                .id(Long.toString(view.job().version()))
                .event(EVENT)
                .retry(RECONNECT)
                .data(WireJob.of(view, key -> links.video(key, request)))
                .build();
    }
}
