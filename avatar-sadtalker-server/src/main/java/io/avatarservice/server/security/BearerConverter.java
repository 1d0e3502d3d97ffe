package io.avatarservice.server.security;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads the key from {@code Authorization: Bearer …}, and from nowhere else: addresses end up in logs. */
final class BearerConverter implements ServerAuthenticationConverter {

    private static final Pattern BEARER = Pattern.compile("Bearer +([\\x21-\\x7E]+)", Pattern.CASE_INSENSITIVE);

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        Matcher bearer = BEARER.matcher(header == null ? "" : header.strip());
        return bearer.matches()
                ? Mono.just(UsernamePasswordAuthenticationToken.unauthenticated("bearer", bearer.group(1)))
                : Mono.empty();
    }
}
