package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
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
 * Auto-configuration of the provider that renders on one's own server. It is there whichever provider is selected, and
 * calls nobody until it is used.
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
@ConditionalOnClass(WebClient.class)
@EnableConfigurationProperties(AvatarServiceProperties.class)
public final class SadTalkerAvatarProviderAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AvatarServiceConnectionDetails avatarServiceConnectionDetails(
            AvatarServiceProperties properties, Environment environment) {
        return new PropertiesAvatarServiceConnectionDetails(properties, environment);
    }

    @Bean
    @ConditionalOnMissingBean(value = SadTalkerAvatarProvider.class, name = "sadTalkerAvatarProvider")
    SadTalkerAvatarProvider sadTalkerAvatarProvider(
            AvatarServiceConnectionDetails connection,
            AvatarServiceProperties properties,
            ObjectProvider<WebClient.Builder> webClientBuilder,
            ObjectProvider<AvatarServiceWebClientCustomizer> customizers) {
        WebClient.Builder http =
                webClientBuilder.getIfAvailable(WebClient::builder).clone();
        customizers.orderedStream().forEach(customizer -> customizer.customize(http));
        return SadTalkerAvatarProvider.builder(BaseUrls.ofService(connection.baseUrl()))
                .apiKey(connection::apiKey)
                .webClientBuilder(http)
                .submitTimeout(properties.submitTimeout())
                .responseTimeout(properties.responseTimeout())
                .webhooks(StringUtils.hasText(properties.webhookSecret()))
                .build();
    }
}
