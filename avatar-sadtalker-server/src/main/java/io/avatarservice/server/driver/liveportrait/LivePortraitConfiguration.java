package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.facevid2vid.NetworkFailures;
import io.avatarservice.server.driver.liveportrait.driving.DrivingLimits;
import io.avatarservice.server.driver.liveportrait.face.LandmarkFinder;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.network.NetworkLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class LivePortraitConfiguration {

    @Bean
    LandmarkFinder landmarkFinder(ModelStore store) {
        return new LandmarkFinder(() -> store.require(Model.LIVEPORTRAIT_LANDMARKS));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    LivePortraitDriver livePortraitDriver(
            ModelStore store,
            NetworkLoader loader,
            NetworkFailures failures,
            LandmarkFinder landmarks,
            MediaProperties media) {
        return new LivePortraitDriver(
                store, new LivePortraitNetworks(loader), failures, landmarks, DrivingLimits.of(media));
    }
}
