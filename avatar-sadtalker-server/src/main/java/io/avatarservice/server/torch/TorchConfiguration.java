package io.avatarservice.server.torch;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers PyTorch, which starts with the first network. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TorchProperties.class)
public class TorchConfiguration {

    @Bean
    TorchRuntime torchRuntime(TorchProperties properties) {
        return new TorchRuntime(properties);
    }
}
