package io.avatarservice.client.autoconfigure;

import io.avatarservice.did.DidAuthEncoding;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How D-ID is called, where it is selected or a fallback.
 *
 * @param apiKey API key of the D-ID account. Also read from the environment variable DID_API_KEY.
 * @param baseUrl Address of the D-ID API.
 * @param authEncoding Form in which the API key is sent.
 * @param legacyDriverUrl Whether the driver of a request is sent as driver_url, which D-ID no longer documents.
 * @param deleteAfterDownload Whether a talk is deleted at D-ID once its video is downloaded.
 * @param submitTimeout Time that each call of a submit, uploads included, may take.
 * @param responseTimeout Time that any other answer, and each pause within a download, may take.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.d-id")
public record DidProperties(
        @Nullable String apiKey,
        @DefaultValue(PUBLIC_API) URI baseUrl,
        @DefaultValue("raw") DidAuthEncoding authEncoding,
        @DefaultValue("false") boolean legacyDriverUrl,
        @DefaultValue("false") boolean deleteAfterDownload,
        @DefaultValue("30s") Duration submitTimeout,
        @DefaultValue("30s") Duration responseTimeout) {

    private static final String PUBLIC_API = "https://api.d-id.com";

    /**
     * Checks the ranges; the address is checked where it is used, because it may come from elsewhere. A variable that is
     * set but empty counts as not set.
     */
    public DidProperties {
        baseUrl = baseUrl.toString().isBlank() ? URI.create(PUBLIC_API) : baseUrl;
        Limits.positive("avatar.d-id.submit-timeout", submitTimeout);
        Limits.positive("avatar.d-id.response-timeout", responseTimeout);
    }

    /** Hides the key, and what may be a password in the address. */
    @Override
    public String toString() {
        return "DidProperties[apiKey=" + Secrets.shown(apiKey) + ", baseUrl=" + BaseUrls.shown(baseUrl)
                + ", authEncoding=" + authEncoding + ", legacyDriverUrl=" + legacyDriverUrl + ", deleteAfterDownload="
                + deleteAfterDownload + ", submitTimeout=" + submitTimeout + ", responseTimeout=" + responseTimeout
                + "]";
    }
}
