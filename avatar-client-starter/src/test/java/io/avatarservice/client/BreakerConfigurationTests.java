package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** The application's Resilience4j properties, as they reach our breakers. */
class BreakerConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(resilience4j()));

    @Test
    void oursUnlessConfigured() {
        runner.run(context -> assertThat(windows(context.getBean(CircuitBreakerRegistry.class)))
                .containsEntry("avatar-scripted-submit", 20)
                .containsEntry("avatar-scripted-find", 20));
    }

    @Test
    void instanceWinsOverSharedConfigurationWinsOverOurs() {
        runner.withPropertyValues(
                        "resilience4j.circuitbreaker.configs.default.sliding-window-size=10",
                        "resilience4j.circuitbreaker.configs.avatar.sliding-window-size=100",
                        "resilience4j.circuitbreaker.instances.avatar-scripted-submit.sliding-window-size=1000")
                .run(context -> assertThat(windows(context.getBean(CircuitBreakerRegistry.class)))
                        .containsEntry("avatar-scripted-submit", 1000)
                        .containsEntry("avatar-scripted-find", 100));
    }

    @Test
    void defaultsOfTheApplicationAreForItsOwnBreakers() {
        runner.withPropertyValues("resilience4j.circuitbreaker.configs.default.sliding-window-size=10")
                .run(context -> assertThat(windows(context.getBean(CircuitBreakerRegistry.class)))
                        .containsEntry("avatar-scripted-submit", 20));
    }

    @Test
    void noConfigurationMakesEventLoopsWaitForEachOther() {
        runner.withPropertyValues("resilience4j.circuitbreaker.configs.avatar.sliding-window-type=TIME_BASED")
                .run(context -> {
                    CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
                    windows(registry);

                    assertThat(registry.getAllCircuitBreakers())
                            .extracting(breaker -> breaker.getCircuitBreakerConfig())
                            .allSatisfy(config -> {
                                assertThat(config.getSlidingWindowType()).isEqualTo(SlidingWindowType.TIME_BASED);
                                assertThat(config.getSlidingWindowSynchronizationStrategy())
                                        .isEqualTo(SlidingWindowSynchronizationStrategy.LOCK_FREE);
                            });
                });
    }

    /** By name: this test runs on Spring Boot 3.5 and on 4, each with a Resilience4j of its own. */
    private static Class<?> resilience4j() {
        return Stream.of("springboot3", "springboot")
                .map(boot -> "io.github.resilience4j." + boot
                        + ".circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
                .filter(name -> ClassUtils.isPresent(name, null))
                .map(name -> ClassUtils.resolveClassName(name, null))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Integer> windows(CircuitBreakerRegistry registry) {
        AvatarClient.builder(new ScriptedAvatarProvider())
                .circuitBreakers(registry)
                .build();
        return registry.getAllCircuitBreakers().stream()
                .collect(Collectors.toMap(
                        breaker -> breaker.getName(),
                        breaker -> breaker.getCircuitBreakerConfig().getSlidingWindowSize()));
    }
}
