package io.avatarservice.server.security;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses calls under a foreign name where the server has no keys and trusts its machine. A website can give its own
 * name this machine's address (DNS rebinding); the browsers here would then let it call, and read the answers.
 */
final class LocalHostFilter implements WebFilter {

    private final @Nullable String publicHost;
    private final Refusals refusals;

    /** @param publicHost the name that the operator has given the server, if any */
    LocalHostFilter(@Nullable String publicHost, Refusals refusals) {
        this.publicHost = publicHost;
        this.refusals = refusals;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        // Not by forwarded headers: a website can send those, but not another Host. No browser leaves it out.
        InetSocketAddress called = exchange.getRequest().getHeaders().getHost();
        return called == null || isLocal(called.getHostString())
                ? chain.filter(exchange)
                : refusals.strangeHost(exchange);
    }

    private boolean isLocal(String called) {
        String host = called.toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost") || host.equals(publicHost)) {
            return true;
        }
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host.replaceAll("[\\[\\]]", ""));
        return literal != null && literal.isLoopbackAddress();
    }
}
