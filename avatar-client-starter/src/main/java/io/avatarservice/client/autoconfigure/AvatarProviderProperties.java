package io.avatarservice.client.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who renders.
 *
 * @param provider Provider that renders, by its id.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar")
public record AvatarProviderProperties(
        @DefaultValue(OWN_SERVER) String provider) {

    private static final String OWN_SERVER = "sadtalker";

    /** A variable that is set but empty counts as not set. */
    public AvatarProviderProperties {
        provider = provider.isBlank() ? OWN_SERVER : provider.strip();
    }
}
