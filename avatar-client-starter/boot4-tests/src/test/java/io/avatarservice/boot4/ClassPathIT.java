package io.avatarservice.boot4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.util.ClassUtils;

/** That the starter's tests, which run beside this one, run on what they are meant to. */
class ClassPathIT {

    @Test
    void springBootIsTheNewOne() {
        assertThat(SpringBootVersion.getVersion()).startsWith("4.1.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
                "org.springframework.boot.actuate.health.ReactiveHealthContributor",
                "org.springframework.boot.web.reactive.function.client.WebClientCustomizer"
            })
    void nothingIsLeftOfTheOldOne(String type) {
        assertThat(ClassUtils.isPresent(type, ClassPathIT.class.getClassLoader())).isFalse();
    }
}
