package io.avatarservice.server.security;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.reactive.server.ConfigurableReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import reactor.core.publisher.Mono;

/** What the security filters are made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

    @Bean
    ApiKeys apiKeys(SecurityProperties properties) {
        return ApiKeys.of(properties);
    }

    @Bean
    AccessMode accessMode(SecurityProperties properties, ApiKeys keys, ServerProperties web) {
        return AccessMode.of(properties.enabled(), keys, web.getAddress());
    }

    /** Without keys, and unless told otherwise, nobody but this machine is served. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> loopbackWithoutKeys(
            AccessMode mode, ServerProperties web, ObjectProvider<ManagementServerProperties> management) {
        management.ifAvailable(other -> checkManagement(mode, web, other));
        return factory -> {
            if (mode == AccessMode.LOOPBACK && web.getAddress() == null) {
                factory.setAddress(InetAddress.getLoopbackAddress());
            }
        };
    }

    @Bean
    AccessReport accessReport(AccessMode mode, ApiKeys keys) {
        return new AccessReport(mode, keys);
    }

    @Bean
    ReactiveAuthenticationManager apiKeyAuthenticationManager(ApiKeys keys) {
        return new ApiKeyAuthenticationManager(keys);
    }

    @Bean
    CallerLimits callerLimits(ApiKeys keys, SecurityProperties properties) {
        return new CallerLimits(keys, properties.rateLimit(), TimeMeter.SYSTEM_NANOTIME);
    }

    @Bean
    Refusals refusals(MeterRegistry registry) {
        return new Refusals(registry);
    }

    @Bean
    ServerRequestObservationConvention callerObservationConvention() {
        return new CallerObservationConvention();
    }

    /** The call itself is observed; a span and a timer for each filter tell nothing more, and cost more than the filters. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /** Addresses that are written to confuse, such as with encoded slashes, lead nowhere. */
    @Bean
    ServerExchangeRejectedHandler serverExchangeRejectedHandler() {
        return (exchange, rejected) ->
                Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "there is nothing at this address"));
    }

    /** The actuator may have a server of its own, whose address is its own, too. */
    private static void checkManagement(AccessMode mode, ServerProperties web, ManagementServerProperties management) {
        boolean separate = management.getPort() != null
                && management.getPort() >= 0
                && !management.getPort().equals(web.getPort());
        InetAddress address = management.getAddress();
        if (mode == AccessMode.LOOPBACK && separate && (address == null || !address.isLoopbackAddress())) {
            throw new InvalidSecurityException(
                    "The actuator would listen on port %d without asking for a key.".formatted(management.getPort()),
                    "Set AVATAR_API_KEYS, or let it listen on this machine only: management.server.address=127.0.0.1");
        }
    }
}
