package io.avatarservice.server.api;

import io.avatarservice.server.job.JobId;
import java.net.URI;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The address of a job, relative to the server's, so that it is right behind any proxy. */
final class JobLocation {

    private JobLocation() {}

    static URI of(JobId id, ServerHttpRequest request) {
        return URI.create(request.getPath().contextPath().value() + "/v1/jobs/" + id);
    }
}
