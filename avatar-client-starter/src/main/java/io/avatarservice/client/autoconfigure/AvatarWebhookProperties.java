package io.avatarservice.client.autoconfigure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and where providers may tell that a job has changed.
 *
 * @param enabled Whether providers are given an address to call when a job has changed.
 * @param publicUrl Address under which providers reach this application. Begins with https unless it is this machine's.
 * @param path Path of the endpoint, which begins with a slash.
 * @param secret Secret that the tokens in the addresses are made with. Random at each start where it is not set.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.webhook")
public record AvatarWebhookProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable URI publicUrl,
        @DefaultValue("/avatar/webhooks") String path,
        @Nullable String secret) {

    /** Checks the path; the address is checked where it is used, because it is needed only if webhooks are enabled. */
    public AvatarWebhookProperties {
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException("avatar.webhook.path must have one or more segments of letters, digits,"
                    + " '.', '_', '~' and '-', each after a slash, but was '" + path + "'");
        }
    }

    /** Hides the secret, and what may be a password in the address. */
    @Override
    public String toString() {
        return "AvatarWebhookProperties[enabled=" + enabled + ", publicUrl="
                + (publicUrl == null ? "none" : BaseUrls.shown(publicUrl)) + ", path=" + path + ", secret="
                + Secrets.shown(secret) + "]";
    }
}
