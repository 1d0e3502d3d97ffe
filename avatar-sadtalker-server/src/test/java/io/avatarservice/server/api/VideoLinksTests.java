package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.storage.VideoKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** The base of video addresses, from the environment variable down to the link. */
class VideoLinksTests {

    private final VideoKey key = VideoKey.random();
    private final MockServerHttpRequest request =
            MockServerHttpRequest.get("http://inside:8001/v1/jobs?limit=1").build();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
            .withUserConfiguration(ApiConfiguration.class);

    @TempDir
    Path directory;

    @Test
    void isTheRequestsOwnByDefault() {
        runner.run(context -> assertThat(links(context.getBean(ServerProperties.class))
                        .video(key, request)
                        .url())
                .hasToString("http://inside:8001/media/" + key.value()));
    }

    @Test
    void isThePublicUrlWhereTheEnvironmentHasOne() {
        runner.withPropertyValues("AVATAR_PUBLIC_URL=https://cdn.example.com/avatars/")
                .run(context -> assertThat(links(context.getBean(ServerProperties.class))
                                .video(key, request)
                                .url())
                        .hasToString("https://cdn.example.com/avatars/media/" + key.value()));
    }

    private VideoLinks links(ServerProperties properties) {
        return new VideoLinks(new LocalVideoStore(directory), properties);
    }
}
