package io.avatarservice.server.driver.facevid2vid;

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

@Configuration(proxyBeanMethods = false)
class NetworkConfiguration {

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
    NetworkFailures networkFailures(ModelStore store, TorchRuntime runtime) {
        return new NetworkFailures(store, runtime);
    }
}
