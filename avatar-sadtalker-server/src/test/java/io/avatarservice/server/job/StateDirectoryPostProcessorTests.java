package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class StateDirectoryPostProcessorTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void aRelativeDirectoryIsOneOfTheWorkingDirectory() {
        environment.setProperty("avatar.server.state-dir", "some/state");

        assertThat(processed())
                .isEqualTo(Path.of("some", "state").toAbsolutePath().toString());
    }

    @Test
    void theDefaultStaysTheDefault() {
        assertThat(processed()).isNull();
    }

    private @Nullable String processed() {
        new StateDirectoryPostProcessor().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("avatar.server.state-dir");
    }
}
