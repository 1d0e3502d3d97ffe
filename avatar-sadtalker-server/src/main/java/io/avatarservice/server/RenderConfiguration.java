package io.avatarservice.server;

import io.avatarservice.server.driver.DriverProperties;
import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.torch.TorchConfiguration;
import io.avatarservice.server.torch.model.ModelConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that rendering needs and nothing of the web; the server and the command line share it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MediaProperties.class, DriverProperties.class})
@ComponentScan(basePackageClasses = TalkingHeadDriver.class)
@Import({ModelConfiguration.class, TorchConfiguration.class})
public class RenderConfiguration {

    @Bean
    PictureReader pictureReader(MediaProperties properties) {
        return new PictureReader(properties);
    }

    @Bean
    AudioReader audioReader(MediaProperties properties) {
        return new AudioReader(properties);
    }

    @Bean
    DriverRegistry driverRegistry(ObjectProvider<TalkingHeadDriver> drivers, DriverProperties properties) {
        return new DriverRegistry(drivers.orderedStream().toList(), properties.defaultName());
    }

    @Bean
    TalkingHeadRenderer talkingHeadRenderer(PictureReader pictures, AudioReader audio, MediaProperties properties) {
        return new TalkingHeadRenderer(pictures, audio, properties);
    }
}
