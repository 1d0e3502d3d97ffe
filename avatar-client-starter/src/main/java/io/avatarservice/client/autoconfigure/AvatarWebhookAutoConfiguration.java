package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.JobNotifications;
import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.client.webhook.StandardWebhookSignature;
import io.avatarservice.client.webhook.WebhookNotifications;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of webhooks, in web applications that enable them: the addresses that providers are given.
 *
 * @see AvatarWebhookEndpointAutoConfiguration
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = AvatarClientAutoConfiguration.class)
@ConditionalOnBooleanProperty("avatar.webhook.enabled")
@ConditionalOnWebApplication
@EnableConfigurationProperties({AvatarWebhookProperties.class, AvatarServiceProperties.class})
public final class AvatarWebhookAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(JobNotifications.class)
    WebhookNotifications avatarWebhookNotifications(
            AvatarWebhookProperties properties, AvatarServiceProperties service) {
        WebhookNotifications.Builder notifications = WebhookNotifications.builder(endpoint(properties));
        if (StringUtils.hasText(properties.secret())) {
            notifications.secret(properties.secret().getBytes(StandardCharsets.UTF_8));
        }
        if (StringUtils.hasText(service.webhookSecret())) {
            notifications.signed(SadTalkerAvatarProvider.ID, signature(service.webhookSecret()));
        }
        return notifications.build();
    }

    private static URI endpoint(AvatarWebhookProperties properties) {
        URI publicUrl = BaseUrls.ofWebhooks(properties.publicUrl());
        return URI.create(publicUrl.toString().replaceFirst("/+$", "") + properties.path());
    }

    private static StandardWebhookSignature signature(String secret) {
        try {
            return new StandardWebhookSignature(secret, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookSecretException(String.valueOf(e.getMessage()));
        }
    }
}
