package io.avatarservice.server.torch.model;

import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ModelCacheProperties;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers what finds and fetches checkpoints. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ModelProperties.class, ModelCacheProperties.class})
public class ModelConfiguration {

    @Bean
    FileFingerprints fileFingerprints(ModelCacheProperties properties) {
        return new FileFingerprints(properties.directory());
    }

    @Bean
    ModelStore modelStore(ModelProperties properties, FileFingerprints fingerprints) {
        return new ModelStore(ModelCatalog.official(), properties, fingerprints);
    }

    @Bean
    ModelDownloader modelDownloader(ModelProperties properties) {
        return new ModelDownloader(properties);
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
    ModelInstaller modelInstaller(
            ProgramLibrary library, ModelStore store, ProgramInstaller installer, FileFingerprints fingerprints) {
        return new ModelInstaller(library, store, installer, fingerprints);
    }
}
