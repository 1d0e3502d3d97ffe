package io.avatarservice.server.api;

import io.avatarservice.server.security.UnreadBody;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Refuses submissions that find the gate full before filters, traces and metrics of calls look at them: that costs ten
 * times as much as the refusal, and those who are inside wait for it.
 */
@Component
class GateKeeper implements HttpHandlerDecoratorFactory {

    private static final String JOBS = "/v1/jobs";
    private static final Set<String> SUBMITTING = Set.of(JOBS, "/generate", "/v1/batches");

    private final SubmissionGate gate;
    private final FailureHandler failures;

    GateKeeper(SubmissionGate gate, FailureHandler failures) {
        this.gate = gate;
        this.failures = failures;
    }

    @Override
    public HttpHandler apply(HttpHandler next) {
        return (request, response) ->
                gate.isFull() && submits(request) ? refuse(request, response) : next.handle(request, response);
    }

    private Mono<Void> refuse(ServerHttpRequest request, ServerHttpResponse response) {
        return UnreadBody.dropped(request)
                .then(Mono.defer(() -> failures.refuse(request, response, gate.busy(response))));
    }

    private static boolean submits(ServerHttpRequest request) {
        String path = request.getPath().pathWithinApplication().value();
        return request.getMethod() == HttpMethod.POST
                ? SUBMITTING.contains(path)
                : request.getMethod() == HttpMethod.PUT && path.startsWith(JOBS + "/");
    }
}
