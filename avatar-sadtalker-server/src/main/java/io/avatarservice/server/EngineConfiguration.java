package io.avatarservice.server;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.PictureReader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;

/** Makes beans of the rooms that know nothing of Spring. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MediaProperties.class, DriverProperties.class})
class EngineConfiguration {

    @Bean
    PictureReader pictureReader(MediaProperties properties) {
        return new PictureReader(properties);
    }

    @Bean
    AudioReader audioReader(MediaProperties properties) {
        return new AudioReader(properties);
    }

    @Bean
    MediaFetcher mediaFetcher(MediaProperties properties) {
        return new MediaFetcher(HttpClient.create(), properties.fetch());
    }

    @Bean
    TalkingHeadRenderer talkingHeadRenderer(PictureReader pictures, AudioReader audio, MediaProperties properties) {
        return new TalkingHeadRenderer(pictures, audio, properties);
    }

    @Bean
    DriverRegistry driverRegistry(ObjectProvider<TalkingHeadDriver> drivers, DriverProperties properties) {
        return new DriverRegistry(drivers.orderedStream().toList(), properties.defaultName());
    }
}
