package io.avatarservice.client.autoconfigure;

import java.net.URI;

/** Checks the address of a server, wherever it comes from. */
final class BaseUrls {

    private BaseUrls() {}

    static URI checked(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new InvalidAvatarServiceUrlException(
                    "must start with http:// or https://, but is '" + shown(url) + "'");
        }
        if (url.getHost() == null) {
            throw new InvalidAvatarServiceUrlException("names no host that could be asked: '" + shown(url) + "'");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new InvalidAvatarServiceUrlException(
                    "must have neither user, query nor fragment; a key belongs into avatar.service.api-key");
        }
        return url;
    }

    /** Without what may be a password. */
    static String shown(URI url) {
        return url.toString().replaceFirst("//[^/]*@", "//***@").replaceFirst("\\?.*", "?***");
    }
}
