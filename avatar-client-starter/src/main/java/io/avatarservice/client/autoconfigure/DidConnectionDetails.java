package io.avatarservice.client.autoconfigure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where D-ID is and which account pays. A bean of this type replaces {@code avatar.d-id.base-url} and
 * {@code avatar.d-id.api-key}, for example with those of a fake that a test has started, or with a key from a vault.
 *
 * @since 0.1.0
 */
public interface DidConnectionDetails extends ConnectionDetails {

    /** Address of the API, http or https. Asked once. */
    URI baseUrl();

    /** API key, or {@code null} if there is none. Asked at the start and on each call, so that it can be replaced. */
    @Nullable String apiKey();
}
