package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.AvatarClientBuilder;
import io.avatarservice.client.AvatarClientCustomizer;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.ProviderId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the {@link AvatarClient}: of all {@link AvatarProvider} beans, {@code avatar.provider} selects
 * the one that renders.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties({AvatarProviderProperties.class, AvatarClientProperties.class})
public final class AvatarClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AvatarClient avatarClient(
            ObjectProvider<AvatarProvider> providers,
            AvatarProviderProperties selection,
            AvatarClientProperties properties,
            ObjectProvider<AvatarClientCustomizer> customizers) {
        Map<ProviderId, AvatarProvider> known = byId(providers.orderedStream().toList());
        AvatarClientBuilder client = AvatarClient.builder(selected(selection.provider(), known))
                .providers(known.values())
                .pollInterval(properties.pollInterval(), properties.maxPollInterval())
                .maxPollFailures(properties.maxPollFailures())
                .deadline(properties.deadline());
        customizers.orderedStream().forEach(customizer -> customizer.customize(client));
        return client.build();
    }

    private static Map<ProviderId, AvatarProvider> byId(List<AvatarProvider> providers) {
        Map<ProviderId, AvatarProvider> byId = new LinkedHashMap<>();
        for (AvatarProvider provider : providers) {
            AvatarProvider known = byId.putIfAbsent(provider.id(), provider);
            if (known != null) {
                throw new DuplicateAvatarProviderException(known, provider);
            }
        }
        return byId;
    }

    /** Compared as text, because what was set may not even have the shape of an id. */
    private static AvatarProvider selected(String wanted, Map<ProviderId, AvatarProvider> known) {
        return known.values().stream()
                .filter(provider -> provider.id().value().equals(wanted.strip()))
                .findFirst()
                .orElseThrow(() -> new UnknownAvatarProviderException(wanted, known.keySet()));
    }
}
