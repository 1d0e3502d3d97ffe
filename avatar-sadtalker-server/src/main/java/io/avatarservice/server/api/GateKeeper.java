package io.avatarservice.server.api;

import io.avatarservice.server.job.JobService;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.security.UnreadBody;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Sends submissions through the gate before filters, traces and metrics of calls look at them: that costs ten times as
 * much as a refusal, and those who are inside would wait for it. For the same reason those who are refused are so in their
 * turn, and not all at the same moment.
 */
@Component
class GateKeeper implements HttpHandlerDecoratorFactory {

    private static final List<PathPattern> POSTED = Stream.of("/v1/jobs", "/generate", "/v1/batches")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();
    private static final PathPattern PUT = PathPatternParser.defaultInstance.parse("/v1/jobs/{id}");

    private final SubmissionGate gate;
    private final JobService jobs;
    private final FailureHandler failures;

    GateKeeper(SubmissionGate gate, JobService jobs, FailureHandler failures) {
        this.gate = gate;
        this.jobs = jobs;
        this.failures = failures;
    }

    @Override
    public HttpHandler apply(HttpHandler next) {
        return (request, response) -> submits(request)
                ? gate.enter()
                        .flatMap(entered -> Mono.using(
                                () -> entered,
                                place -> handle(place, next, request, response),
                                SubmissionGate.Place::leave))
                : next.handle(request, response);
    }

    /** Gives the place back that a submission has entered by, before its answer is complete. */
    static <T> Mono<T> leavingAfter(Mono<T> submission) {
        return Mono.deferContextual(context ->
                submission.doFinally(signal -> context.<SubmissionGate.Place>getOrEmpty(SubmissionGate.Place.class)
                        .ifPresent(SubmissionGate.Place::leave)));
    }

    private Mono<Void> handle(
            SubmissionGate.Place place, HttpHandler next, ServerHttpRequest request, ServerHttpResponse response) {
        if (place.inLine() && isNew(request) && jobs.looksFull()) {
            return refuse(request, response, jobs.queueFull());
        }
        if (place.late()) {
            return refuse(request, response, SubmissionGate.busy(response));
        }
        Runnable leave = place::leave;
        return next.handle(request, response)
                .contextWrite(Context.of(SubmissionGate.Place.class, place, UnreadBody.WHEN_REFUSED, leave));
    }

    private Mono<Void> refuse(ServerHttpRequest request, ServerHttpResponse response, ProblemException problem) {
        return UnreadBody.dropped(request).then(Mono.defer(() -> failures.refuse(request, response, problem)));
    }

    /** One that was made before would find its job, even where the queue is full. */
    private static boolean isNew(ServerHttpRequest request) {
        return request.getMethod() == HttpMethod.POST && !request.getHeaders().containsKey(Submissions.IDEMPOTENCY_KEY);
    }

    private static boolean submits(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        return request.getMethod() == HttpMethod.POST
                ? POSTED.stream().anyMatch(pattern -> pattern.matches(path))
                : request.getMethod() == HttpMethod.PUT && PUT.matches(path);
    }
}
