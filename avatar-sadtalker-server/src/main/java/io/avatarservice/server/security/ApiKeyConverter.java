package io.avatarservice.server.security;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Binds the short form of a key, which fits into an environment variable. */
@Component
@ConfigurationPropertiesBinding
class ApiKeyConverter implements Converter<String, ApiKeyProperties> {

    @Override
    public ApiKeyProperties convert(String text) {
        return ApiKeyProperties.parse(text);
    }
}
