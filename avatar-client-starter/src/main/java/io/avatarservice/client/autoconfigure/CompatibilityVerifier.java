package io.avatarservice.client.autoconfigure;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Stops the start on a Spring Boot that this starter was not made for, before it fails in a way that nobody understands.
 * The starter is tested on 3.5 and 4.1; 4.0 is taken too, because it has its classes where 4.1 has them.
 */
final class CompatibilityVerifier implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final String PROPERTY = "avatar.compatibility-verifier.enabled";

    private static final Set<String> COMPATIBLE = Set.of("3.5", "4.0", "4.1");

    private final @Nullable String version;

    CompatibilityVerifier() {
        this(SpringBootVersion.getVersion());
    }

    CompatibilityVerifier(@Nullable String version) {
        this.version = version;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        boolean enabled = context.getEnvironment().getProperty(PROPERTY, Boolean.class, true);
        if (enabled && version != null && COMPATIBLE.stream().noneMatch(this::isOf)) {
            throw new IncompatibleSpringBootException(version);
        }
    }

    private boolean isOf(String line) {
        return version != null && version.startsWith(line + ".");
    }
}
