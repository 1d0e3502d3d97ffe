package io.avatarservice.client.autoconfigure;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where one's own server is, and how long its answers may take.
 *
 * @param baseUrl Address of the server, http or https.
 * @param apiKey API key that the server asks for. Also read from the environment variable AVATAR_API_KEY.
 * @param submitTimeout Time that a submit may take, uploads included.
 * @param responseTimeout Time that any other answer, and each pause within a download, may take.
 * @param webhookSecret Secret that the server signs its webhook calls with, as whsec_ and Base64. Without it the server is
 *     not told where to call.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.service")
public record AvatarServiceProperties(
        @DefaultValue(ON_THIS_MACHINE) URI baseUrl,
        @Nullable String apiKey,
        @DefaultValue("2m") Duration submitTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @Nullable String webhookSecret) {

    private static final String ON_THIS_MACHINE = "http://localhost:8001";

    /**
     * Checks the ranges; the address is checked where it is used, because it may come from elsewhere. A variable that is
     * set but empty counts as not set.
     */
    public AvatarServiceProperties {
        baseUrl = baseUrl.toString().isBlank() ? URI.create(ON_THIS_MACHINE) : baseUrl;
        Limits.positive("avatar.service.submit-timeout", submitTimeout);
        Limits.positive("avatar.service.response-timeout", responseTimeout);
    }

    /** Hides the secrets, and what may be a password in the address. */
    @Override
    public String toString() {
        return "AvatarServiceProperties[baseUrl=" + BaseUrls.shown(baseUrl) + ", apiKey="
                + Secrets.shown(apiKey) + ", submitTimeout=" + submitTimeout + ", responseTimeout="
                + responseTimeout + ", webhookSecret=" + Secrets.shown(webhookSecret) + "]";
    }
}
