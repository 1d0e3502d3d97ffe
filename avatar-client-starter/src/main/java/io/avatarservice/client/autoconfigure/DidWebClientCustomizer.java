package io.avatarservice.client.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Changes the HTTP client that talks to D-ID: proxies, TLS, filters, buffer sizes. Beans of this type are applied in their
 * order, after the application's own general settings.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DidWebClientCustomizer {

    /** Changes {@code builder}, which nobody else uses. */
    void customize(WebClient.Builder builder);
}
