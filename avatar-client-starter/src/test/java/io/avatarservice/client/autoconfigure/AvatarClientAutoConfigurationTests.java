package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.AvatarClientCustomizer;
import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AvatarClientAutoConfigurationTests {

    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AvatarClientAutoConfiguration.class, SadTalkerAvatarProviderAutoConfiguration.class))
            .withConfiguration(SpringBootTypes.webClient());

    @Test
    void ownServerRendersByDefault() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(AvatarClient.class);
            assertThat(context).getBean(AvatarProvider.class).isInstanceOf(SadTalkerAvatarProvider.class);
        });
    }

    @Test
    void propertySelectsTheProvider() {
        runner.withUserConfiguration(FakeProvider.class)
                .withPropertyValues("avatar.provider=fake")
                .run(context -> StepVerifier.create(
                                context.getBean(AvatarClient.class).watch(REQUEST))
                        .expectErrorMessage("the fake was asked")
                        .verify(Duration.ofSeconds(30)));
    }

    @Test
    void environmentVariableSelectsTheProvider() {
        runner.withUserConfiguration(FakeProvider.class)
                .withInitializer(new EnvironmentVariables("AVATAR_PROVIDER", "fake"))
                .run(context -> StepVerifier.create(
                                context.getBean(AvatarClient.class).watch(REQUEST))
                        .expectErrorMessage("the fake was asked")
                        .verify(Duration.ofSeconds(30)));
    }

    @Test
    void emptyEnvironmentVariablesCountAsNotSet() {
        runner.withInitializer(new EnvironmentVariables("AVATAR_PROVIDER", ""))
                .run(context -> assertThat(context).hasNotFailed());
        runner.withInitializer(new EnvironmentVariables("AVATAR_SERVICE_BASEURL", ""))
                .run(context -> assertThat(
                                context.getBean(AvatarServiceProperties.class).baseUrl())
                        .hasToString("http://localhost:8001"));
    }

    @Test
    void applicationsOwnClientWins() {
        runner.withUserConfiguration(OwnClient.class)
                .run(context -> assertThat(context)
                        .getBean(AvatarClient.class)
                        .isSameAs(context.getBean(OwnClient.class).client));
    }

    @Test
    void applicationsOwnClientNeedsNoKnownProvider() {
        runner.withUserConfiguration(OwnClient.class)
                .withPropertyValues("avatar.provider=nonsense")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void beanOfTheSameNameReplacesTheProvider() {
        runner.withUserConfiguration(ReplacedProvider.class).run(context -> {
            assertThat(context).hasSingleBean(AvatarProvider.class);
            StepVerifier.create(context.getBean(AvatarClient.class).watch(REQUEST))
                    .expectErrorMessage("the fake was asked")
                    .verify(Duration.ofSeconds(30));
        });
    }

    @Test
    void propertiesReachTheClient() {
        runner.withUserConfiguration(StuckProvider.class)
                .withPropertyValues("avatar.provider=fake", "avatar.client.deadline=10ms")
                .run(context -> assertThat(deadlineOf(context)).isEqualTo("PT0.01S"));
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        runner.withUserConfiguration(StuckProvider.class, Customizers.class)
                .withPropertyValues("avatar.provider=fake", "avatar.client.deadline=10ms")
                .run(context -> assertThat(deadlineOf(context)).isEqualTo("PT0.03S"));
    }

    @Test
    void unknownProviderStopsTheStartWithAnExplanation() {
        runner.withPropertyValues("avatar.provider=nonsense")
                .run(context -> assertThat(analysisOf(context.getStartupFailure()))
                        .returns(
                                "avatar.provider is 'nonsense', but there is no avatar provider with this id."
                                        + " Known providers: sadtalker.",
                                FailureAnalysis::getDescription)
                        .returns(
                                "Set avatar.provider, or the environment variable AVATAR_PROVIDER, to one of: sadtalker;"
                                        + " or declare a bean of type AvatarProvider whose id() is 'nonsense'.",
                                FailureAnalysis::getAction));
    }

    @Test
    void unknownProviderIsExplainedWithAllThatAreKnown() {
        runner.withUserConfiguration(FakeProvider.class)
                .withPropertyValues("avatar.provider=d-id")
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .isEqualTo("avatar.provider is 'd-id', but there is no avatar provider with this id."
                                + " Known providers: fake, sadtalker."));
    }

    @Test
    void withoutAnHttpClientOwnProvidersStillWork() {
        runner.withClassLoader(new FilteredClassLoader(WebClient.class))
                .withUserConfiguration(FakeProvider.class)
                .withPropertyValues("avatar.provider=fake")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).doesNotHaveBean(SadTalkerAvatarProvider.class);
                });
    }

    @Test
    void withoutAnyProviderTheStartIsStoppedWithAnExplanation() {
        runner.withClassLoader(new FilteredClassLoader(WebClient.class))
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .endsWith("There are none at all."));
    }

    @Test
    void twoProvidersWithOneIdStopTheStartWithAnExplanation() {
        runner.withUserConfiguration(FakeProvider.class, AnotherFakeProvider.class)
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .startsWith("Two avatar providers have the id 'fake': "));
    }

    @Test
    void valueOutOfRangeStopsTheStartAndNamesTheProperty() {
        runner.withPropertyValues("avatar.client.deadline=0s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("avatar.client.deadline must be positive, but was PT0S"));
    }

    /** Read off the failure of a render that is never accepted. */
    private static String deadlineOf(ApplicationContext context) {
        AtomicReference<String> message = new AtomicReference<>("");
        StepVerifier.create(context.getBean(AvatarClient.class).watch(REQUEST))
                .expectErrorSatisfies(failure -> message.set(failure.getMessage()))
                .verify(Duration.ofSeconds(30));
        return String.valueOf(message.get()).replaceFirst(".*within (PT[0-9.]+S).*", "$1");
    }

    private static FailureAnalysis analysisOf(Throwable failure) {
        return new AvatarConfigurationFailureAnalyzer().analyze(failure);
    }

    private static AvatarProvider fake() {
        AvatarProvider fake = Mockito.mock();
        Mockito.when(fake.id()).thenReturn(ProviderId.of("fake"));
        Mockito.when(fake.capabilities())
                .thenReturn(ProviderCapabilities.builder().uploads(true).build());
        Mono<AvatarJob> answer =
                Mono.error(() -> AvatarException.builder(FailureKind.INVALID_REQUEST, "the fake was asked")
                        .build());
        Mockito.when(fake.submit(Mockito.any())).thenReturn(answer);
        return fake;
    }

    @Configuration(proxyBeanMethods = false)
    static class FakeProvider {

        @Bean
        AvatarProvider fakeProvider() {
            return fake();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnotherFakeProvider {

        @Bean
        AvatarProvider anotherFakeProvider() {
            return fake();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ReplacedProvider {

        @Bean
        AvatarProvider sadTalkerAvatarProvider() {
            AvatarProvider fake = fake();
            Mockito.when(fake.id()).thenReturn(SadTalkerAvatarProvider.ID);
            return fake;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        final AvatarClient client = Mockito.mock(Answers.RETURNS_MOCKS);

        @Bean
        AvatarClient ownClient() {
            return client;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class StuckProvider {

        @Bean
        AvatarProvider stuckProvider() {
            AvatarProvider stuck = fake();
            Mockito.when(stuck.submit(Mockito.any())).thenReturn(Mono.never());
            return stuck;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        AvatarClientCustomizer late() {
            return builder -> builder.deadline(Duration.ofMillis(30));
        }

        @Bean
        @Order(1)
        AvatarClientCustomizer early() {
            return builder -> builder.deadline(Duration.ofMillis(20));
        }
    }
}
