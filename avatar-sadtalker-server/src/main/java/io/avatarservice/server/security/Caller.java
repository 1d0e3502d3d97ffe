package io.avatarservice.server.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who calls.
 *
 * @param name name of the key, or {@code anonymous}; may be logged
 * @param account what limits are counted by: the key, or the address of who has none
 */
public record Caller(String name, String account) {

    static final String ANONYMOUS = "anonymous";
    static final String ATTRIBUTE = Caller.class.getName();

    /** The caller of a request that has passed the security filters. */
    public static Caller of(ServerWebExchange exchange) {
        Caller caller = exchange.getAttribute(ATTRIBUTE);
        return caller == null ? anonymous(exchange) : caller;
    }

    static Caller of(Principal principal, ServerWebExchange exchange) {
        return principal instanceof AnonymousAuthenticationToken
                ? anonymous(exchange)
                : new Caller(principal.getName(), "key " + principal.getName());
    }

    private static Caller anonymous(ServerWebExchange exchange) {
        return new Caller(ANONYMOUS, "address " + address(exchange.getRequest().getRemoteAddress()));
    }

    private static String address(@Nullable InetSocketAddress remote) {
        InetAddress address = remote == null ? null : remote.getAddress();
        return address == null ? "unknown" : address.getHostAddress();
    }
}
