package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

class CompatibilityVerifierTests {

    @ParameterizedTest
    @ValueSource(strings = {"3.5.0", "3.5.16", "4.0.1", "4.1.0", "4.1.0-SNAPSHOT"})
    void knownVersionsStart(String version) {
        assertThatNoException().isThrownBy(() -> verify(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7.18", "3.4.13", "3.50.0", "4.2.0-M1", "4.10.0", "5.0.0"})
    void otherVersionsStopTheStartWithAnExplanation(String version) {
        assertThatExceptionOfType(IncompatibleSpringBootException.class)
                .isThrownBy(() -> verify(version))
                .satisfies(failure -> assertThat(new AvatarConfigurationFailureAnalyzer().analyze(failure))
                        .returns(
                                "avatar-client-starter works with Spring Boot 3.5, 4.0 and 4.1, but this application runs"
                                        + " on " + version + ".",
                                FailureAnalysis::getDescription)
                        .returns(
                                "Change the version of Spring Boot or of avatar-client-starter. To try it nevertheless,"
                                        + " set avatar.compatibility-verifier.enabled to false.",
                                FailureAnalysis::getAction));
    }

    @Test
    void unknownVersionIsGivenTheBenefitOfTheDoubt() {
        GenericApplicationContext context = new GenericApplicationContext();

        assertThatNoException().isThrownBy(() -> new CompatibilityVerifier(null).initialize(context));
    }

    @Test
    void propertySkipsTheCheck() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of(CompatibilityVerifier.PROPERTY, "false")));

        assertThatNoException().isThrownBy(() -> new CompatibilityVerifier("5.0.0").initialize(context));
    }

    @Test
    void everyApplicationIsChecked() {
        @SuppressWarnings("rawtypes")
        List<ApplicationContextInitializer> initializers =
                SpringFactoriesLoader.loadFactories(ApplicationContextInitializer.class, null);

        assertThat(initializers).hasAtLeastOneElementOfType(CompatibilityVerifier.class);
    }

    @Test
    void versionOfThisBuildIsKnown() {
        ApplicationContextInitializer<ConfigurableApplicationContext> verifier = new CompatibilityVerifier();

        assertThatNoException().isThrownBy(() -> verifier.initialize(new GenericApplicationContext()));
    }

    private static void verify(String version) {
        new CompatibilityVerifier(version).initialize(new GenericApplicationContext());
    }
}
