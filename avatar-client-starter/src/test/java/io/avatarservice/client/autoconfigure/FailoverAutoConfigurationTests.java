package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class FailoverAutoConfigurationTests {

    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AvatarClientAutoConfiguration.class))
            .withUserConfiguration(Providers.class)
            .withPropertyValues("avatar.provider=one", "avatar.client.retry.max-retries=0");

    @Test
    void nobodyElseIsAskedUnlessNamed() {
        runner.run(context -> assertThat(askedBy(context)).containsExactly("one"));
    }

    @Test
    void namedProvidersAreAskedInTheirOrder() {
        runner.withPropertyValues("avatar.failover.providers=three,two")
                .run(context -> assertThat(askedBy(context)).containsExactly("one", "three", "two"));
    }

    @Test
    void environmentVariableNamesThemToo() {
        runner.withInitializer(new EnvironmentVariables("AVATAR_FAILOVER_PROVIDERS", "two, three"))
                .run(context -> assertThat(askedBy(context)).containsExactly("one", "two", "three"));
    }

    @Test
    void emptyListIsAsGoodAsNone() {
        runner.withPropertyValues("avatar.failover.providers=")
                .run(context -> assertThat(askedBy(context)).containsExactly("one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one,two", "two,one,two"})
    void selectedProviderIsPassedOverSoThatASwitchTouchesOnePropertyOnly(String fallbacks) {
        runner.withPropertyValues("avatar.failover.providers=" + fallbacks)
                .run(context -> assertThat(askedBy(context)).containsExactly("one", "two"));
        runner.withPropertyValues("avatar.failover.providers=one,two", "avatar.provider=two")
                .run(context -> assertThat(askedBy(context)).containsExactly("two", "one"));
    }

    @Test
    void unknownFallbackStopsTheStartWithAnExplanation() {
        runner.withPropertyValues("avatar.failover.providers=two,D-ID")
                .run(context -> assertThat(
                                new AvatarConfigurationFailureAnalyzer().analyze(context.getStartupFailure()))
                        .returns(
                                "avatar.failover.providers names 'D-ID', but there is no avatar provider with this id."
                                        + " Known providers: one, stuck, three, two.",
                                FailureAnalysis::getDescription)
                        .returns(
                                "Set avatar.failover.providers, or the environment variable AVATAR_FAILOVER_PROVIDERS, to one of:"
                                        + " one, stuck, three, two; or declare a bean of type AvatarProvider whose id() is 'D-ID'.",
                                FailureAnalysis::getAction));
    }

    @Test
    void breakersLiveInTheApplicationsRegistry() {
        runner.withUserConfiguration(Registry.class).run(context -> {
            askedBy(context);

            assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers())
                    .extracting(CircuitBreaker::getName)
                    .contains("avatar-one-submit");
        });
    }

    @Test
    void retriesAreSetByProperty() {
        runner.withPropertyValues(
                        "avatar.client.retry.max-retries=3",
                        "avatar.client.retry.backoff=1ms",
                        "avatar.client.retry.max-backoff=1ms")
                .run(context -> {
                    askedBy(context);

                    assertThat(context.getBean(Providers.class).submits).isEqualTo(List.of("one", "one", "one", "one"));
                });
    }

    @Test
    void spendLimitIsSetByProperty() {
        runner.withPropertyValues("avatar.spend.seconds-per-day=10", "avatar.spend.assumed-seconds=100")
                .run(context -> {
                    assertThat(attemptsOf(context))
                            .extracting(AvatarAttempt::kind)
                            .containsExactly(FailureKind.QUOTA_EXHAUSTED);
                    assertThat(context.getBean(Providers.class).submits).isEmpty();
                });
    }

    @Test
    void callTimeoutIsSetByProperty() {
        runner.withPropertyValues("avatar.provider=stuck", "avatar.client.call-timeout=10ms")
                .run(context -> assertThat(attemptsOf(context))
                        .singleElement()
                        .satisfies(attempt -> assertThat(attempt.message()).contains("PT0.01S")));
    }

    @Test
    void jobDeadlineIsSetByProperty() {
        runner.withPropertyValues(
                        "avatar.provider=stuck", "avatar.failover.providers=two", "avatar.failover.job-deadline=10ms")
                .run(context -> assertThat(attemptsOf(context))
                        .first()
                        .satisfies(attempt -> assertThat(attempt.message()).contains("PT0.01S")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avatar.client.call-timeout=0s | avatar.client.call-timeout must be positive, but was PT0S",
                "avatar.client.retry.max-retries=-1 | avatar.client.retry.max-retries must not be negative, but was -1",
                "avatar.client.retry.backoff=0s | avatar.client.retry.backoff must be positive, but was PT0S",
                "avatar.client.retry.max-backoff=1ms"
                        + " | avatar.client.retry.max-backoff must not be below backoff, PT0.5S, but was PT0.001S",
                "avatar.client.retry.budget=0s | avatar.client.retry.budget must be positive, but was PT0S",
                "avatar.failover.job-deadline=0s | avatar.failover.job-deadline must be positive, but was PT0S",
                "avatar.spend.seconds-per-day=-1 | avatar.spend.seconds-per-day must not be negative, but was -1",
                "avatar.spend.assumed-seconds=0 | avatar.spend.assumed-seconds must be positive, but was 0"
            })
    void valueOutOfRangeStopsTheStartAndNamesTheProperty(String value, String message) {
        runner.withPropertyValues(value)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessage(message));
    }

    private static List<String> askedBy(ApplicationContext context) {
        return attemptsOf(context).stream()
                .map(attempt -> attempt.provider().value())
                .toList();
    }

    private static List<AvatarAttempt> attemptsOf(ApplicationContext context) {
        List<AvatarAttempt> attempts = new ArrayList<>();
        StepVerifier.create(context.getBean(AvatarClient.class).render(REQUEST))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(AvatarException.class, seen -> attempts.addAll(seen.attempts())))
                .verify(Duration.ofSeconds(30));
        return attempts;
    }

    /** None of them takes a render. */
    @Configuration(proxyBeanMethods = false)
    static class Providers {

        final List<String> submits = new ArrayList<>();

        @Bean
        AvatarProvider one() {
            return down("one");
        }

        @Bean
        AvatarProvider two() {
            return down("two");
        }

        @Bean
        AvatarProvider three() {
            return down("three");
        }

        @Bean
        AvatarProvider stuck() {
            return provider("stuck", Mono.never());
        }

        private AvatarProvider down(String id) {
            return provider(
                    id,
                    Mono.error(() -> AvatarException.builder(FailureKind.UNAVAILABLE, id + " is down")
                            .provider(ProviderId.of(id))
                            .build()));
        }

        private AvatarProvider provider(String id, Mono<AvatarJob> submit) {
            AvatarProvider provider = Mockito.mock();
            Mockito.when(provider.id()).thenReturn(ProviderId.of(id));
            Mockito.when(provider.capabilities())
                    .thenReturn(ProviderCapabilities.builder()
                            .uploads(true)
                            .idempotentSubmit(true)
                            .paid(true)
                            .build());
            Mockito.when(provider.submit(Mockito.any())).thenReturn(submit.doOnSubscribe(started -> submits.add(id)));
            return provider;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registry {

        @Bean
        CircuitBreakerRegistry circuitBreakerRegistry() {
            return CircuitBreakerRegistry.ofDefaults();
        }
    }
}
