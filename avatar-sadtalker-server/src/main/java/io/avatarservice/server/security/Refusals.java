package io.avatarservice.server.security;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Says no: in the answer, in a metric, and for who looks closely in the log. */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final MeterRegistry registry;

    Refusals(MeterRegistry registry) {
        this.registry = registry;
    }

    /** No key, or a wrong one. */
    <T> Mono<T> unauthenticated(ServerWebExchange exchange) {
        boolean sent = exchange.getRequest().getHeaders().containsKey(HttpHeaders.AUTHORIZATION);
        // RFC 6750, 3: without credentials there is no error to name
        exchange.getResponse()
                .getHeaders()
                .set(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        return refused(
                exchange,
                ProblemCode.AUTHENTICATION,
                sent
                        ? "the API key in 'Authorization: Bearer' is not one of this server's"
                        : "an API key is needed, as 'Authorization: Bearer <key>'");
    }

    /** A key without the scope. */
    <T> Mono<T> forbidden(ServerWebExchange exchange, Caller caller) {
        return refused(
                exchange,
                ProblemCode.FORBIDDEN,
                "the API key '%s' does not have the scope for this call".formatted(caller.name()));
    }

    /** A loopback server that is called by another name. */
    <T> Mono<T> strangeHost(ServerWebExchange exchange) {
        return refused(
                exchange,
                ProblemCode.FORBIDDEN,
                "without API keys this server is for its own machine: call it as localhost, or set AVATAR_API_KEYS");
    }

    /** Too many calls. */
    <T> Mono<T> tooManyCalls(ServerWebExchange exchange, Duration wait) {
        // rounded up: at the second that is named, the call is allowed
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return refused(exchange, ProblemCode.RATE_LIMITED, "too many calls; come back in %d s".formatted(seconds));
    }

    private <T> Mono<T> refused(ServerWebExchange exchange, ProblemCode code, String message) {
        registry.counter("avatar.security.refused", "code", code.name()).increment();
        log.debug(
                "{} {} from {} refused: {}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath(),
                exchange.getRequest().getRemoteAddress(),
                code);
        return UnreadBody.dropped(exchange.getRequest()).then(Mono.error(new ProblemException(code, message)));
    }
}
