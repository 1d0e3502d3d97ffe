package io.avatarservice.server.torch;

import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ModelCacheProperties;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers PyTorch, which starts with the first network, and what installs networks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TorchProperties.class, ModelCacheProperties.class})
public class TorchConfiguration {

    @Bean
    TorchRuntime torchRuntime(TorchProperties properties) {
        return new TorchRuntime(properties);
    }

    @Bean
    ProgramLibrary programLibrary() {
        return ProgramLibrary.load();
    }

    @Bean
    ProgramInstaller programInstaller(ModelCacheProperties properties) {
        return new ProgramInstaller(properties.directory());
    }

    @Bean
    FileFingerprints fileFingerprints(ModelCacheProperties properties) {
        return new FileFingerprints(properties.directory());
    }
}
