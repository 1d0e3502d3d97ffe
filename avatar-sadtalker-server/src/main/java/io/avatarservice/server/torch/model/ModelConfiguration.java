package io.avatarservice.server.torch.model;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers what finds and fetches checkpoints. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelProperties.class)
public class ModelConfiguration {

    @Bean
    ModelStore modelStore(ModelProperties properties) {
        return new ModelStore(ModelCatalog.official(), properties);
    }

    @Bean
    ModelDownloader modelDownloader(ModelProperties properties) {
        return new ModelDownloader(properties);
    }
}
