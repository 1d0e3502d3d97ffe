package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.JobView;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.webhook.WebhookBody;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes webhook calls: the job as {@code GET /v1/jobs/{id}} shows it. */
@Component
class WebhookMessages implements WebhookBody {

    private final JobService jobs;
    private final VideoLinks links;
    private final ObjectMapper mapper;

    WebhookMessages(JobService jobs, VideoLinks links, ObjectMapper mapper) {
        this.jobs = jobs;
        this.links = links;
        this.mapper = mapper;
    }

    @Override
    public Optional<byte[]> of(JobId id, URI server) {
        return find(id).map(view -> write(view, server));
    }

    private Optional<JobView> find(JobId id) {
        try {
            return Optional.of(jobs.get(id));
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private byte[] write(JobView view, URI server) {
        Job job = view.job();
        WireWebhookMessage message = new WireWebhookMessage(
                WireWebhookMessage.type(job.status()),
                Objects.requireNonNull(job.finishedAt()),
                WireJob.of(view, key -> links.freshVideo(key, server)));
        try {
            return mapper.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + job.id() + " cannot be written as JSON", e);
        }
    }
}
