package io.avatarservice.server.api;

import io.avatarservice.server.job.JobResult;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives out addresses of finished videos with their whole lifetime before them. */
@RestController
@Tag(name = "Videos")
class VideoUrlController {

    private final JobService jobs;
    private final VideoLinks links;

    VideoUrlController(JobService jobs, VideoLinks links) {
        this.jobs = jobs;
        this.links = links;
    }

    @Operation(
            operationId = "signVideoUrl",
            summary = "Signs a new address of a finished video",
            description = "Earlier addresses stay valid until they expire. Those of the local store never expire, and"
                    + " stay the same.")
    @PostMapping(path = "/v1/jobs/{id}/video-url", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WireVideoUrl> sign(
            @Parameter(description = "Id of the job") @PathVariable String id,
            @Parameter(hidden = true) ServerHttpRequest request) {
        return Blocking.call(() -> {
            JobResult result = jobs.get(Parameters.jobId(id)).job().result();
            if (result == null) {
                throw new ProblemException(ProblemCode.CONFLICT, "the job has no video: it has not completed");
            }
            return WireVideoUrl.of(links.freshVideo(result.video().key(), request));
        });
    }
}
