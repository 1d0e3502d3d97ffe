package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.JobNotifications;
import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.client.webhook.ReactiveWebhookEndpoint;
import io.avatarservice.client.webhook.ServletWebhookEndpoint;
import io.avatarservice.client.webhook.StandardWebhookSignature;
import io.avatarservice.client.webhook.WebhookNotifications;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of webhooks, in web applications that enable them: the addresses that providers are given, and the
 * endpoint that they call.
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

    /** The endpoint where WebFlux serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.server.RouterFunction")
    @ConditionalOnBean(WebhookNotifications.class)
    static class Reactive {

        @Bean
        @ConditionalOnMissingBean(name = "avatarWebhookEndpoint")
        org.springframework.web.reactive.function.server.RouterFunction<
                        org.springframework.web.reactive.function.server.ServerResponse>
                avatarWebhookEndpoint(AvatarWebhookProperties properties, WebhookNotifications notifications) {
            return ReactiveWebhookEndpoint.at(properties.path(), notifications);
        }
    }

    /** The endpoint where a servlet container serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "org.springframework.web.servlet.function.RouterFunction")
    @ConditionalOnBean(WebhookNotifications.class)
    static class Servlet {

        @Bean
        @ConditionalOnMissingBean(name = "avatarWebhookEndpoint")
        org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse>
                avatarWebhookEndpoint(AvatarWebhookProperties properties, WebhookNotifications notifications) {
            return ServletWebhookEndpoint.at(properties.path(), notifications);
        }
    }
}
