package io.avatarservice.server.security;

import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.anyExchange;
import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.security.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;

/** Which call needs what, and what every answer carries. Refusals leave the chain as errors: the API answers them. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityFilters {

    /** A browser that opens an answer runs nothing from it, and shows a video. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private static final Duration PREFLIGHT_AGE = Duration.ofHours(1);

    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http,
            AccessMode mode,
            SecurityProperties properties,
            ReactiveAuthenticationManager keys,
            CallerLimits limits,
            Refusals refusals,
            @Value("${avatar.server.public-url:}") String publicUrl) {
        ServerWebExchangeMatcher open = open();
        ServerAuthenticationEntryPoint unauthenticated = (exchange, failure) -> refusals.unauthenticated(exchange);
        http.csrf(ServerHttpSecurity.CsrfSpec::disable) // no cookies, no sessions
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(SecurityFilters::headers)
                .cors(cors -> cors.configurationSource(origins(properties.cors().allowedOrigins())))
                .authorizeExchange(calls -> calls.matchers(open)
                        .permitAll()
                        .matchers(EndpointRequest.toAnyEndpoint())
                        .hasAuthority(Scope.ADMIN.wireName())
                        .pathMatchers(HttpMethod.GET)
                        .hasAuthority(Scope.READ.wireName())
                        .pathMatchers(HttpMethod.HEAD)
                        .hasAuthority(Scope.READ.wireName())
                        .anyExchange()
                        .hasAuthority(Scope.SUBMIT.wireName()))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler((exchange, denied) -> refusals.forbidden(exchange, Caller.of(exchange))))
                .addFilterBefore(
                        new CallerFilter(mode == AccessMode.LOOPBACK ? anyExchange() : open, limits, refusals),
                        SecurityWebFiltersOrder.EXCEPTION_TRANSLATION);
        if (mode == AccessMode.KEYS) {
            http.addFilterAt(bearer(keys, unauthenticated), SecurityWebFiltersOrder.AUTHENTICATION);
        } else {
            http.anonymous(everybody -> everybody
                    .principal(Caller.ANONYMOUS)
                    .authorities(
                            Arrays.stream(Scope.values()).map(Scope::wireName).toArray(String[]::new)));
        }
        if (mode == AccessMode.LOOPBACK) {
            http.addFilterBefore(
                    new LocalHostFilter(host(publicUrl), refusals), SecurityWebFiltersOrder.HTTP_HEADERS_WRITER);
        }
        return http.build();
    }

    /** Probes, and videos, whose address is the permission: players cannot send a key. */
    private static ServerWebExchangeMatcher open() {
        return new OrServerWebExchangeMatcher(
                EndpointRequest.to("health"),
                pathMatchers("/healthz"),
                pathMatchers(HttpMethod.GET, "/media/*"),
                pathMatchers(HttpMethod.HEAD, "/media/*"));
    }

    private static AuthenticationWebFilter bearer(
            ReactiveAuthenticationManager keys, ServerAuthenticationEntryPoint unauthenticated) {
        AuthenticationWebFilter filter = new AuthenticationWebFilter(keys);
        filter.setServerAuthenticationConverter(new BearerConverter());
        filter.setAuthenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(unauthenticated));
        return filter;
    }

    /** Beside Spring Security's defaults: no caching, no sniffing, and HTTPS from then on where the call came by it. */
    private static void headers(ServerHttpSecurity.HeaderSpec headers) {
        headers.frameOptions(frames -> frames.mode(XFrameOptionsServerHttpHeadersWriter.Mode.DENY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY));
    }

    /** For every path the same. Without origins every call of another website is refused. */
    private static CorsConfigurationSource origins(List<String> allowed) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(allowed);
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        cors.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.RANGE,
                "Idempotency-Key",
                "Last-Event-ID",
                "Prefer"));
        cors.setExposedHeaders(List.of(
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.CONTENT_RANGE,
                HttpHeaders.WWW_AUTHENTICATE,
                "Preference-Applied"));
        cors.setMaxAge(PREFLIGHT_AGE);
        return exchange -> cors;
    }

    private static @Nullable String host(String url) {
        return url.isBlank() ? null : URI.create(url).getHost();
    }
}
