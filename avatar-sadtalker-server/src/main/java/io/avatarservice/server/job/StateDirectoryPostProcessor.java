package io.avatarservice.server.job;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** Makes {@code avatar.server.state-dir} absolute before the database's address is made of it: H2 takes no other. */
final class StateDirectoryPostProcessor implements EnvironmentPostProcessor {

    private static final String PROPERTY = "avatar.server.state-dir";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String directory = environment.getProperty(PROPERTY);
        if (StringUtils.hasText(directory)) {
            String absolute = Path.of(directory).toAbsolutePath().toString();
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("stateDirectory", Map.of(PROPERTY, absolute)));
        }
    }
}
