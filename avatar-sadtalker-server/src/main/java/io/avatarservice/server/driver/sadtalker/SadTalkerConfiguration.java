package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.InstallLog;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class SadTalkerConfiguration {

    @Bean
    NetworkLoader networkLoader(
            TorchRuntime runtime,
            ObjectProvider<ProgramLibrary> library,
            ProgramInstaller installer,
            ModelStore store,
            FileFingerprints fingerprints) {
        return new NetworkLoader(
                runtime,
                library::getObject,
                installer,
                CheckpointSources.published(store, fingerprints),
                new InstallLog());
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SadTalkerDriver sadTalkerDriver(ModelStore store, TorchRuntime runtime, NetworkLoader loader) {
        return new SadTalkerDriver(new SadTalkerReadiness(store, runtime), loader);
    }
}
