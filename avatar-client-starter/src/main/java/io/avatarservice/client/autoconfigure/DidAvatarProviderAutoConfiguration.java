package io.avatarservice.client.autoconfigure;

import io.avatarservice.did.DidAvatarProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the provider that renders at D-ID. It is there whichever provider is selected, so that
 * {@code avatar.provider=d-id} and a key are all that a rollback needs, and calls nobody until it is used.
 *
 * @since 0.1.0
 */
// By name, because the class moved in Spring Boot 4 and one jar serves both.
@AutoConfiguration(
        before = AvatarClientAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.web.reactive.function.client.WebClientAutoConfiguration",
            "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration"
        })
@ConditionalOnClass({DidAvatarProvider.class, WebClient.class})
@EnableConfigurationProperties({DidProperties.class, AvatarProviderProperties.class, AvatarFailoverProperties.class})
public final class DidAvatarProviderAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DidConnectionDetails didConnectionDetails(DidProperties properties, Environment environment) {
        return new PropertiesDidConnectionDetails(properties, environment);
    }

    @Bean
    @ConditionalOnMissingBean(value = DidAvatarProvider.class, name = "didAvatarProvider")
    DidAvatarProvider didAvatarProvider(
            DidConnectionDetails connection,
            DidProperties properties,
            AvatarProviderProperties selection,
            AvatarFailoverProperties failover,
            ObjectProvider<WebClient.Builder> webClientBuilder,
            ObjectProvider<DidWebClientCustomizer> customizers) {
        requireKeyIfInUse(connection, selection, failover);
        WebClient.Builder http =
                webClientBuilder.getIfAvailable(WebClient::builder).clone();
        customizers.orderedStream().forEach(customizer -> customizer.customize(http));
        return DidAvatarProvider.builder(connection::apiKey)
                .baseUrl(BaseUrls.ofDid(connection.baseUrl()))
                .authEncoding(properties.authEncoding())
                .legacyDriverUrl(properties.legacyDriverUrl())
                .deleteAfterDownload(properties.deleteAfterDownload())
                .submitTimeout(properties.submitTimeout())
                .responseTimeout(properties.responseTimeout())
                .webClientBuilder(http)
                .build();
    }

    /** A rollback that fails for want of a key is noticed at the start, and not by the first user. */
    private static void requireKeyIfInUse(
            DidConnectionDetails connection, AvatarProviderProperties selection, AvatarFailoverProperties failover) {
        if (StringUtils.hasText(connection.apiKey())) {
            return;
        }
        String id = DidAvatarProvider.ID.value();
        if (selection.provider().equals(id)) {
            throw new MissingDidApiKeyException("avatar.provider");
        }
        if (failover.providers().contains(id)) {
            throw new MissingDidApiKeyException("avatar.failover.providers");
        }
    }
}
