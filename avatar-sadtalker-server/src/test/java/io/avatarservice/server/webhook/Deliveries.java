package io.avatarservice.server.webhook;

import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobRuns;
import io.avatarservice.server.job.JobStatus;
import io.avatarservice.server.job.JobTerms;
import io.avatarservice.server.job.JobWebhook;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs, and what their clients want. */
final class Deliveries {

    static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123456Z");
    static final URI SERVER = URI.create("https://avatars.example.com/base");

    private Deliveries() {}

    static JobWebhook to(String url) {
        return new JobWebhook(URI.create(url), SERVER);
    }

    /** A job that was cancelled at {@code end}. */
    static Job ended(String id, Instant end) {
        return new Job(
                new JobId(id),
                JobStatus.CANCELLED,
                "fake",
                JobTerms.NONE,
                null,
                null,
                0,
                end.minusSeconds(9),
                null,
                end,
                null,
                null,
                Map.of(),
                false,
                new JobRuns(0, null, List.of()),
                2);
    }
}
