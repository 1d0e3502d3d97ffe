package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.AvatarClientBuilder;
import io.avatarservice.client.AvatarClientCustomizer;
import io.avatarservice.client.JobNotifications;
import io.avatarservice.spi.AvatarProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the {@link AvatarClient}: of all {@link AvatarProvider} beans, {@code avatar.provider} selects
 * the one that renders, and {@code avatar.failover.providers} those that stand in for it. Circuit breakers live in the
 * application's {@link CircuitBreakerRegistry}, if it has one.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties({
    AvatarProviderProperties.class,
    AvatarFailoverProperties.class,
    AvatarClientProperties.class,
    AvatarSpendProperties.class
})
public final class AvatarClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(AvatarClient.class)
    ProvidersInUse avatarProvidersInUse(
            ObjectProvider<AvatarProvider> providers,
            AvatarProviderProperties selection,
            AvatarFailoverProperties failover) {
        return ProvidersInUse.of(providers.orderedStream().toList(), selection, failover);
    }

    @Bean
    @ConditionalOnMissingBean
    AvatarClient avatarClient(
            ProvidersInUse providers,
            AvatarFailoverProperties failover,
            AvatarClientProperties properties,
            AvatarSpendProperties spend,
            ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
            ObjectProvider<JobNotifications> notifications,
            ObjectProvider<WebClient.Builder> webClientBuilder,
            ObjectProvider<AvatarClientCustomizer> customizers,
            ObjectProvider<ClientDecorator> decorators) {
        AvatarClientProperties.Retry retry = properties.retry();
        AvatarClientBuilder client = AvatarClient.builder(providers.selected())
                .providers(providers.known())
                .fallbacks(providers.fallbacks())
                .pollInterval(properties.pollInterval(), properties.maxPollInterval())
                .maxPollFailures(properties.maxPollFailures())
                .deadline(properties.deadline())
                .callTimeout(properties.callTimeout())
                .retries(retry.maxRetries(), retry.backoff(), retry.maxBackoff(), retry.budget())
                .jobDeadline(failover.jobDeadline())
                .spendLimit(spend.videoPerDay(), spend.assumedVideo());
        circuitBreakers.ifUnique(client::circuitBreakers);
        notifications.ifUnique(client::notifications);
        webClientBuilder.ifUnique(client::webClientBuilder);
        customizers.orderedStream().forEach(customizer -> customizer.customize(client));
        AvatarClient built = client.build();
        for (ClientDecorator decorator : decorators.orderedStream().toList()) {
            built = decorator.decorate(built, providers);
        }
        return built;
    }
}
