package io.avatarservice.client.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** What of a secret may be shown: whether there is one. */
final class Secrets {

    private Secrets() {}

    static String shown(@Nullable String secret) {
        return StringUtils.hasText(secret) ? "***" : "none";
    }
}
