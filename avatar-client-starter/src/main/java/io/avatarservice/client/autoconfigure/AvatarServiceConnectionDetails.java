package io.avatarservice.client.autoconfigure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where one's own server is and what it asks for. A bean of this type replaces {@code avatar.service.base-url} and
 * {@code avatar.service.api-key}, for example with those of a server that a test has started.
 *
 * @since 0.1.0
 */
public interface AvatarServiceConnectionDetails extends ConnectionDetails {

    /** Address of the server, http or https. Asked once. */
    URI baseUrl();

    /** API key, or {@code null} if the server asks for none. Asked on each call, so that it can be replaced. */
    default @Nullable String apiKey() {
        return null;
    }
}
