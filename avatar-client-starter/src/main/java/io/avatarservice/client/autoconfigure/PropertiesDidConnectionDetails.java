package io.avatarservice.client.autoconfigure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where the properties say. */
final class PropertiesDidConnectionDetails implements DidConnectionDetails {

    /** The name that deployments have used all along; not a form of the property's name. */
    static final String API_KEY_VARIABLE = "DID_API_KEY";

    private final DidProperties properties;
    private final Environment environment;

    PropertiesDidConnectionDetails(DidProperties properties, Environment environment) {
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
