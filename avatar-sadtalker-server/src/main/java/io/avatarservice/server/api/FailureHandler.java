package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.job.Job;
import io.avatarservice.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Answers every failed call, the framework's failures included: as RFC 9457 problem details, and on {@code /generate}
 * in the shape that its clients know.
 */
@Component
@Order(-2) // before Spring Boot's own, which is at -1
class FailureHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);
    private static final String GENERATE = "/generate";

    private final ObjectMapper mapper;
    private final ServerProperties properties;
    private final MeterRegistry registry;

    FailureHandler(ObjectMapper mapper, ServerProperties properties, MeterRegistry registry) {
        this.mapper = mapper;
        this.properties = properties;
        this.registry = registry;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            return Mono.empty(); // nobody is left to be told
        }
        if (response.isCommitted()) {
            return Mono.error(error);
        }
        Failure failure = Failure.of(error);
        logUnlessExpected(exchange, failure, error);
        return answer(exchange.getRequest(), response, failure, traceId(exchange));
    }

    /** Answers a call that nothing else has looked at, so that it has no trace. */
    Mono<Void> refuse(ServerHttpRequest request, ServerHttpResponse response, ProblemException problem) {
        return answer(request, response, Failure.of(problem), null);
    }

    private Mono<Void> answer(
            ServerHttpRequest request, ServerHttpResponse response, Failure failure, @Nullable String traceId) {
        registry.counter("avatar.api.problems", "code", failure.code().name()).increment();
        boolean generate =
                GENERATE.equals(request.getPath().pathWithinApplication().value());
        response.setStatusCode(failure.status());
        // what a filter has set knows better, such as how long to wait
        headers(failure).forEach((name, values) -> response.getHeaders().putIfAbsent(name, values));
        response.getHeaders()
                .setContentType(generate ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json(generate ? generation(failure, null) : problem(failure, request, traceId));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** The answer of {@code /generate} for a job that ended without a video. */
    ResponseEntity<WireGeneration> answer(Job job) {
        Failure failure = Failure.of(job);
        return ResponseEntity.status(failure.status()).headers(headers(failure)).body(generation(failure, job));
    }

    private HttpHeaders headers(Failure failure) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(failure.headers());
        boolean busy = failure.status().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
                || failure.status().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
        if (busy && failure.code().retryable()) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(properties.retryAfter().toSeconds()));
        }
        return headers;
    }

    private static WireGeneration generation(Failure failure, @Nullable Job job) {
        return new WireGeneration(
                "error",
                null,
                null,
                failure.message(),
                job == null ? null : job.id().value(),
                job == null ? null : job.driver(),
                failure.code().name(),
                failure.code().retryable(),
                failure.fields());
    }

    private static WireProblem problem(Failure failure, ServerHttpRequest request, @Nullable String traceId) {
        return new WireProblem(
                "about:blank",
                title(failure.status()),
                failure.status().value(),
                failure.message(),
                request.getPath().value(),
                failure.code().name(),
                failure.code().retryable(),
                failure.fields(),
                traceId);
    }

    private static @Nullable String traceId(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(context -> context.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .map(span -> span.context().traceId())
                .orElse(null);
    }

    private static String title(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "HTTP " + status.value() : known.getReasonPhrase();
    }

    private byte[] json(Object body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error answer is always valid JSON", e);
        }
    }

    private static void logUnlessExpected(ServerWebExchange exchange, Failure failure, Throwable error) {
        if (failure.status().isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)) {
            log.error(
                    "{} {} failed",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    error);
        } else if (error instanceof DataAccessException || error instanceof TransactionException) {
            log.warn(
                    "{} {} failed: {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    // its message may quote values of the request
                    error.getClass().getSimpleName());
        }
    }
}
