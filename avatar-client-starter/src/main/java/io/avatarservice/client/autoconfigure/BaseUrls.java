package io.avatarservice.client.autoconfigure;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks addresses of servers, wherever they come from. */
final class BaseUrls {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private BaseUrls() {}

    /** The address of one's own server. */
    static URI ofService(URI url) {
        return checked(
                "avatar.service.base-url",
                url,
                "a key belongs into avatar.service.api-key",
                "Set avatar.service.base-url, or the environment variable AVATAR_SERVICE_BASEURL, to the address of the"
                        + " server, for example http://localhost:8001.");
    }

    /** The address of D-ID, or of what stands in for it. */
    static URI ofDid(URI url) {
        return checked(
                "avatar.d-id.base-url",
                url,
                "a key belongs into avatar.d-id.api-key",
                "Leave avatar.d-id.base-url out, or set it to the address of what stands in for D-ID.");
    }

    /** Where providers reach this application: secret addresses travel there, so it is https, or this very machine. */
    static URI ofWebhooks(@Nullable URI url) {
        String property = "avatar.webhook.public-url";
        String action = "Set avatar.webhook.public-url to the https address under which providers reach this"
                + " application, for example https://orchestrator.example.com, or set avatar.webhook.enabled to false.";
        if (url == null) {
            throw new InvalidAvatarAddressException(property, "is not set", action);
        }
        checked(property, url, "tokens are added to it", action);
        if (!"https".equalsIgnoreCase(url.getScheme()) && !LOOPBACK.contains(url.getHost())) {
            throw new InvalidAvatarAddressException(
                    property, "must start with https://, but is '" + shown(url) + "'", action);
        }
        return url;
    }

    private static URI checked(String property, URI url, String keyHint, String action) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new InvalidAvatarAddressException(
                    property, "must start with http:// or https://, but is '" + shown(url) + "'", action);
        }
        if (url.getHost() == null) {
            throw new InvalidAvatarAddressException(
                    property, "names no host that could be asked: '" + shown(url) + "'", action);
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new InvalidAvatarAddressException(
                    property, "must have neither user, query nor fragment; " + keyHint, action);
        }
        return url;
    }

    /** Without what may be a password. */
    static String shown(URI url) {
        return url.toString().replaceFirst("//[^/]*@", "//***@").replaceFirst("\\?.*", "?***");
    }
}
