package io.avatarservice.server.fetch;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host that the operator trusts, whatever it resolves to.
 *
 * @param name name or address as URLs have it, without brackets and in lower case
 * @param port the only port allowed, or {@code null} for all
 */
public record AllowedHost(String name, @Nullable Integer port) {

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[(?<ip6>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>[0-9]{1,5}))?");

    /**
     * Reads {@code host} or {@code host:port}; IPv6 addresses stand in brackets.
     *
     * @throws IllegalArgumentException where it is neither
     */
    public static AllowedHost valueOf(String text) {
        Matcher parts = HOST_AND_PORT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a host name such as 'minio' or 'minio:9000'");
        }
        String name = parts.group("ip6") == null ? parts.group("name") : parts.group("ip6");
        String port = parts.group("port");
        return new AllowedHost(normalized(name), port == null ? null : Integer.valueOf(port));
    }

    boolean matches(String host, int connectedPort) {
        return name.equals(normalized(host)) && (port == null || port == connectedPort);
    }

    /** With the dot that may end a full name, a host is still the same. */
    private static String normalized(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
