package io.avatarservice.server.fetch;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;

/**
 * Keeps clients from reaching, through this server, the network behind it. Whoever fetches from a URL of a client
 * checks the URL with {@link #check}, every redirect with {@link #redirect}, and connects with {@link #client}.
 *
 * @since 0.1.0
 */
public final class FetchGuard {

    static final String NOT_ALLOWED =
            "the URL leads to an address or port that is not allowed; the server's operator can allow it (avatar.fetch)";

    private static final int HIGHEST_PORT = 65_535;

    /** A host that other software may read as a number: as 127.1, 0177.0.0.1 or 0x7f000001. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern DOTTED_DECIMAL =
            Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    private final FetchRules rules;
    private final HttpClient client;

    /**
     * Creates a guard that resolves names as Reactor Netty does.
     *
     * @param properties what is allowed beside public addresses
     */
    public FetchGuard(FetchProperties properties) {
        // Without a pool no idle connections to strangers are kept.
        this(properties, FetchGuard::defaultResolvers, HttpClient.newConnection());
    }

    FetchGuard(
            FetchProperties properties, Supplier<AddressResolverGroup<InetSocketAddress>> names, HttpClient connector) {
        this.rules = new FetchRules(properties);
        // Reactor Netty has no proxy, redirects or decompression unless told so; security is not left to defaults.
        this.client = connector
                .resolver(new GuardedResolverGroup(names, rules))
                .noProxy()
                .followRedirect(false)
                .compress(false)
                .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, "avatar-service"));
    }

    /**
     * A client that connects to allowed addresses only; otherwise it fails with a {@link RefusedUrlException}. It
     * follows no redirects.
     */
    public HttpClient client() {
        return client;
    }

    /**
     * Checks what can be seen without resolving the host: scheme, host, port, no user name.
     *
     * @throws RefusedUrlException where the URL cannot be used
     */
    public URI check(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new RefusedUrlException("the URL is malformed"); // without the cause: its message quotes the URL
        }
        if (!isHttp(uri) && !isHttps(uri)) {
            throw new RefusedUrlException("the URL must start with http:// or https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new RefusedUrlException("the URL must not contain a user name or password");
        }
        if (uri.getHost() == null) {
            throw new RefusedUrlException("the URL names no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw new RefusedUrlException("the URL's port must be between 1 and 65535");
        }
        checkHost(uri.getHost());
        return uri;
    }

    /**
     * Checks the same, and where the host is an address, whether it may be connected to. For a URL that is connected to
     * much later: its sender is told at once what can be told.
     *
     * @throws RefusedUrlException where the URL cannot be used
     */
    public URI checkAddress(String url) {
        URI uri = check(url);
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        if (address != null && !rules.allow(host, new InetSocketAddress(address, port(uri)))) {
            throw new RefusedUrlException(NOT_ALLOWED);
        }
        return uri;
    }

    /**
     * Checks where an answer redirects to.
     *
     * @param from the URL that answered
     * @param location value of the header {@code Location}, absolute or not
     * @throws RefusedUrlException where the target cannot be used, or the redirect gives up https
     */
    public URI redirect(URI from, String location) {
        URI next;
        try {
            next = check(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            throw new RefusedUrlException("the URL redirects to something that is not a URL");
        }
        if (isHttps(from) && !isHttps(next)) {
            throw new RefusedUrlException("the URL redirects from https to http");
        }
        return next;
    }

    private static void checkHost(String host) {
        boolean readable = host.startsWith("[")
                ? isPlainIpv6(host.substring(1, host.length() - 1))
                : !ENDS_IN_A_NUMBER.matcher(host).matches()
                        || (DOTTED_DECIMAL.matcher(host).matches() && NetUtil.isValidIpV4Address(host));
        if (!readable) {
            throw new RefusedUrlException(NOT_ALLOWED);
        }
    }

    /** Without a zone, and no IPv4 address in disguise. */
    private static boolean isPlainIpv6(String text) {
        byte[] bytes = text.contains("%") ? null : NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes != null && !(InetAddress.getByAddress(bytes) instanceof Inet4Address);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return isHttps(uri) ? 443 : 80;
    }

    private static boolean isHttp(URI uri) {
        return "http".equals(scheme(uri));
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(scheme(uri));
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked") // Reactor Netty's default resolves host names to internet addresses
    private static AddressResolverGroup<InetSocketAddress> defaultResolvers() {
        return (AddressResolverGroup<InetSocketAddress>) HttpResources.get().getOrCreateDefaultResolver();
    }
}
