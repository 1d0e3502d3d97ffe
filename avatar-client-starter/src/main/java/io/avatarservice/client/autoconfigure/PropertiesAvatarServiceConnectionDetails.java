package io.avatarservice.client.autoconfigure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where the properties say. */
final class PropertiesAvatarServiceConnectionDetails implements AvatarServiceConnectionDetails {

    /** The name in use where client and server get their key from one environment; not a form of the property's name. */
    private static final String API_KEY_VARIABLE = "AVATAR_API_KEY";

    private final AvatarServiceProperties properties;
    private final Environment environment;

    PropertiesAvatarServiceConnectionDetails(AvatarServiceProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public URI baseUrl() {
        return properties.baseUrl();
    }

    @Override
    public @Nullable String apiKey() {
        return StringUtils.hasText(properties.apiKey())
                ? properties.apiKey()
                : environment.getProperty(API_KEY_VARIABLE);
    }
}
