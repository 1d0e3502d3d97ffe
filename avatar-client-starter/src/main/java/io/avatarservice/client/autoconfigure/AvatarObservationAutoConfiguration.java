package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.observation.AvatarAttemptMeterObservationHandler;
import io.avatarservice.client.observation.AvatarClientObservationConvention;
import io.avatarservice.client.observation.ObservedAvatarClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the client's observations, where the application has an {@link ObservationRegistry}.
 *
 * @since 0.1.0
 */
// By name, because the classes moved in Spring Boot 4 and one jar serves both.
@AutoConfiguration(
        before = AvatarClientAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class AvatarObservationAutoConfiguration {

    @Bean
    ClientDecorator avatarClientObservation(
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<AvatarClientObservationConvention> convention) {
        return (client, providers) -> new ObservedAvatarClient(
                client, providers.selected().id(), registry.getObject(), convention.getIfAvailable());
    }

    /** Needs more of Micrometer than the observations themselves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Attempts {

        @Bean
        @ConditionalOnMissingBean
        AvatarAttemptMeterObservationHandler avatarAttemptMeterObservationHandler(
                ObjectProvider<MeterRegistry> meters) {
            return new AvatarAttemptMeterObservationHandler(meters.getObject());
        }
    }
}
