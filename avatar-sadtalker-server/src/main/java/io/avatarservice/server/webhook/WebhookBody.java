package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobId;
import java.net.URI;
import java.util.Optional;

/** Says what a call tells about a job. */
@FunctionalInterface
public interface WebhookBody {

    /**
     * The body of a call, made anew for each attempt, so that the addresses in it have their lifetime before them. Blocks.
     *
     * @param server address under which the client sees this server
     * @return JSON, or empty where the job is kept no longer
     */
    Optional<byte[]> of(JobId job, URI server);
}
