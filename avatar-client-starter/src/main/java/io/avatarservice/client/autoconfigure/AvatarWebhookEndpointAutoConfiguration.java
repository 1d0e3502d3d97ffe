package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.webhook.ReactiveWebhookEndpoint;
import io.avatarservice.client.webhook.ServletWebhookEndpoint;
import io.avatarservice.client.webhook.WebhookNotifications;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the endpoint that providers call, on whichever web stack the application runs.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AvatarWebhookAutoConfiguration.class)
@ConditionalOnBooleanProperty("avatar.webhook.enabled")
@ConditionalOnBean(WebhookNotifications.class)
public final class AvatarWebhookEndpointAutoConfiguration {

    /** Where WebFlux serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.server.RouterFunction")
    static class Reactive {

        @Bean
        @ConditionalOnMissingBean(name = "avatarWebhookEndpoint")
        org.springframework.web.reactive.function.server.RouterFunction<
                        org.springframework.web.reactive.function.server.ServerResponse>
                avatarWebhookEndpoint(AvatarWebhookProperties properties, WebhookNotifications notifications) {
            return ReactiveWebhookEndpoint.at(properties.path(), notifications);
        }
    }

    /** Where a servlet container serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "org.springframework.web.servlet.function.RouterFunction")
    static class Servlet {

        @Bean
        @ConditionalOnMissingBean(name = "avatarWebhookEndpoint")
        org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse>
                avatarWebhookEndpoint(AvatarWebhookProperties properties, WebhookNotifications notifications) {
            return ServletWebhookEndpoint.at(properties.path(), notifications);
        }
    }
}
