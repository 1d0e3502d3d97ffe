package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.health.AvatarHealthContributors;
import java.time.Duration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.ReactiveHealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the providers in use, on Spring Boot 3.5.
 *
 * @see AvatarBoot4HealthContributorAutoConfiguration
 * @since 0.1.0
 */
@AutoConfiguration(after = AvatarClientAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.health.ReactiveHealthContributor",
            "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(ProvidersInUse.class)
public final class AvatarHealthContributorAutoConfiguration {

    /** Time that one provider may take to answer, so that it does not hold up the whole health endpoint. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnEnabledHealthIndicator("avatar")
    @ConditionalOnMissingBean(name = "avatarHealthContributor")
    ReactiveHealthContributor avatarHealthContributor(ProvidersInUse providers) {
        return AvatarHealthContributors.of(providers.all(), TIMEOUT);
    }
}
