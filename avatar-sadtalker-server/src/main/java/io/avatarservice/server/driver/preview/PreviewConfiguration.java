package io.avatarservice.server.driver.preview;

import io.avatarservice.server.driver.TalkingHeadDriver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the preview driver. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PreviewProperties.class)
public class PreviewConfiguration {

    @Bean
    TalkingHeadDriver previewDriver(PreviewProperties properties) {
        return new PreviewDriver(properties);
    }
}
