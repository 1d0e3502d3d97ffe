package io.avatarservice.server.storage;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageProperties.class)
class StorageConfiguration {

    @Bean
    @ConditionalOnProperty(name = "avatar.storage.provider", havingValue = "local", matchIfMissing = true)
    LocalVideoStore localVideoStore(StorageProperties properties) {
        return new LocalVideoStore(properties.local().resolvedDirectory());
    }
}
