package io.avatarservice.sample.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.MediaSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;

class WatchFolderConfigurationTests {

    @Test
    void clientRendersOnTheFarmOnceItIsSelected(@TempDir Path folder) throws Exception {
        try (FakeFarm farm = new FakeFarm(folder)) {
            new ApplicationContextRunner()
                    .withUserConfiguration(Application.class)
                    .withPropertyValues(
                            "avatar.provider=watch-folder",
                            "avatar.client.poll-interval=10ms",
                            "watch-folder.path=" + folder)
                    .run(context -> {
                        AvatarClient avatars = context.getBean(AvatarClient.class);
                        AvatarVideo video = avatars.renderBlocking(
                                AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2})));

                        assertThat(avatars.downloadBlocking(video, folder.resolve("talking-head.mp4")))
                                .hasBinaryContent(FakeFarm.VIDEO);
                        assertThat(farm.jobs()).hasSize(1);
                    });
        }
    }

    @EnableAutoConfiguration
    @Import(WatchFolderConfiguration.class)
    static class Application {}
}
