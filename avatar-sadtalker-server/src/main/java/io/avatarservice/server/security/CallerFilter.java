package io.avatarservice.server.security;

import java.time.Duration;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Notes who calls, for logs and metrics, and holds them to their limit. */
final class CallerFilter implements WebFilter {

    private final ServerWebExchangeMatcher unlimited;
    private final CallerLimits limits;
    private final Refusals refusals;

    /** @param unlimited calls that are not counted */
    CallerFilter(ServerWebExchangeMatcher unlimited, CallerLimits limits, Refusals refusals) {
        this.unlimited = unlimited;
        this.limits = limits;
        this.refusals = refusals;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .map(principal -> Caller.of(principal, exchange))
                .singleOptional()
                .flatMap(caller -> caller.isEmpty()
                        ? chain.filter(exchange) // authorization refuses it
                        : counted(caller.get(), exchange, chain));
    }

    private Mono<Void> counted(Caller caller, ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getAttributes().put(Caller.ATTRIBUTE, caller);
        return unlimited
                .matches(exchange)
                .flatMap(free -> {
                    Duration wait = free.isMatch() ? Duration.ZERO : limits.call(caller);
                    return wait.isZero() ? chain.filter(exchange) : refusals.tooManyCalls(exchange, wait);
                })
                .contextWrite(context -> context.put(CallerLogAccessor.KEY, caller.name()));
    }
}
