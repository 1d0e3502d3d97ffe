package io.avatarservice.server.media;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** {@link MediaProperties} as a server has them: the defaults, with some overridden. */
public final class TestMediaProperties {

    private TestMediaProperties() {}

    /** The defaults. */
    public static MediaProperties defaults() {
        return with(Map.of());
    }

    /** The defaults, except for those given by their names below {@code avatar.media}. */
    public static MediaProperties with(Map<String, String> overrides) {
        return new Binder(new MapConfigurationPropertySource(overrides)).bindOrCreate("", MediaProperties.class);
    }
}
