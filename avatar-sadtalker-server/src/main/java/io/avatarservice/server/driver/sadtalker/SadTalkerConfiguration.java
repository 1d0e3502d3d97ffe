package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.facevid2vid.NetworkFailures;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.network.NetworkLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class SadTalkerConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SadTalkerDriver sadTalkerDriver(
            ModelStore store, TorchRuntime runtime, NetworkLoader loader, NetworkFailures failures) {
        return new SadTalkerDriver(new SadTalkerReadiness(store, runtime), loader, failures);
    }
}
