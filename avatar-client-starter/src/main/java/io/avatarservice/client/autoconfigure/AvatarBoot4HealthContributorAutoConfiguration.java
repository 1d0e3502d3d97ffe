package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.health.AvatarBoot4HealthContributors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the providers in use, on Spring Boot 4, which moved the types.
 *
 * @see AvatarHealthContributorAutoConfiguration
 * @since 0.1.0
 */
@AutoConfiguration(after = AvatarClientAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.ReactiveHealthContributor",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(ProvidersInUse.class)
public final class AvatarBoot4HealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("avatar")
    @ConditionalOnMissingBean(name = "avatarHealthContributor")
    ReactiveHealthContributor avatarHealthContributor(ProvidersInUse providers) {
        return AvatarBoot4HealthContributors.of(providers.all(), AvatarHealthContributorAutoConfiguration.TIMEOUT);
    }
}
