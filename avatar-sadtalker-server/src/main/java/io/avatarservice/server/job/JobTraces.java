package io.avatarservice.server.job;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a job from the call that submits it to its renders, which may be hours later and on another server: what carries
 * the trace between them is stored with the job.
 */
final class JobTraces {

    private static final String JOB_ID = "avatar.job.id";

    private final ObservationRegistry observations;

    JobTraces(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** Accepts a job as a part of the current trace. {@code admission} takes the spec with what a render needs to go on. */
    <T> T submit(JobSpec spec, Function<JobSpec, T> admission) {
        Map<String, String> headers = new LinkedHashMap<>();
        Observation submission = Observation.createNotStarted("avatar.jobs.submit", () -> sender(headers), observations)
                .contextualName("submit")
                .lowCardinalityKeyValue("driver", spec.driver());
        // Its begin writes the headers.
        return Objects.requireNonNull(submission.observe(() -> admission.apply(spec.withTrace(headers))));
    }

    /** Runs one attempt of a job as a part of the trace that it was submitted in. */
    void run(Job job, JobSpec spec, Runnable attempt) {
        Observation.createNotStarted("avatar.jobs.run", () -> receiver(spec.trace()), observations)
                .contextualName("render " + job.driver())
                .lowCardinalityKeyValue("driver", job.driver())
                .highCardinalityKeyValue(JOB_ID, job.id().value())
                .highCardinalityKeyValue(
                        "avatar.job.attempt", Integer.toString(job.runs().attempts()))
                .observe(attempt);
    }

    /** Notes on the current attempt why it failed. */
    void failed(Throwable failure) {
        Observation attempt = observations.getCurrentObservation();
        if (attempt != null) {
            attempt.error(failure);
        }
    }

    private static SenderContext<Map<String, String>> sender(Map<String, String> headers) {
        SenderContext<Map<String, String>> context = new SenderContext<>(JobTraces::put, Kind.PRODUCER);
        context.setCarrier(headers);
        return context;
    }

    private static ReceiverContext<Map<String, String>> receiver(Map<String, String> headers) {
        ReceiverContext<Map<String, String>> context = new ReceiverContext<>(Map::get, Kind.CONSUMER);
        context.setCarrier(headers);
        return context;
    }

    private static void put(@Nullable Map<String, String> headers, String name, String value) {
        if (headers != null) {
            headers.put(name, value);
        }
    }
}
