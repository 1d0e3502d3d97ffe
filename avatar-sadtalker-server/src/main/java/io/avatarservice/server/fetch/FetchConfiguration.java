package io.avatarservice.server.fetch;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FetchProperties.class)
class FetchConfiguration {

    @Bean
    FetchGuard fetchGuard(FetchProperties properties) {
        return new FetchGuard(properties);
    }
}
