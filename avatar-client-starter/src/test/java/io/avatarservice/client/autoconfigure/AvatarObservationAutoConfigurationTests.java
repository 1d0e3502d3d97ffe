package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.observation.AvatarAttemptMeterObservationHandler;
import io.avatarservice.client.observation.AvatarClientObservationConvention;
import io.avatarservice.client.observation.ObservedAvatarClient;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.test.StepVerifier;

class AvatarObservationAutoConfigurationTests {

    /** Of nobody's: its download fails at once, without a call. */
    private static final AvatarVideo VIDEO = AvatarVideo.builder(
                    ProviderId.of("nobody"), JobId.of("job-1"), URI.create("http://localhost/v.mp4"))
            .build();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AvatarObservationAutoConfiguration.class,
                    AvatarClientAutoConfiguration.class,
                    SadTalkerAvatarProviderAutoConfiguration.class));

    @Test
    void clientIsObservedWhereThereIsARegistry() {
        runner.withUserConfiguration(Registry.class).run(context -> {
            download(context);

            TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                    .hasSingleObservationThat()
                    .hasNameEqualTo("avatar.client.operation")
                    .hasLowCardinalityKeyValue("avatar.failure", "UNSUPPORTED");
        });
    }

    @Test
    void registryOfSpringBootWillDo() {
        runner.withConfiguration(SpringBootTypes.observation())
                .run(context ->
                        assertThat(context).getBean(AvatarClient.class).isInstanceOf(ObservedAvatarClient.class));
    }

    @Test
    void clientIsNotObservedWithoutARegistry() {
        runner.run(
                context -> assertThat(context).getBean(AvatarClient.class).isNotInstanceOf(ObservedAvatarClient.class));
    }

    @Test
    void clientWorksWithoutMicrometer() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context ->
                        assertThat(context).getBean(AvatarClient.class).isNotInstanceOf(ObservedAvatarClient.class));
    }

    @Test
    void attemptsAreTimedWhereThereAreMeters() {
        runner.withUserConfiguration(Registry.class, Meters.class)
                .run(context -> assertThat(context).hasSingleBean(AvatarAttemptMeterObservationHandler.class));
        runner.withUserConfiguration(Registry.class)
                .run(context -> assertThat(context).doesNotHaveBean(AvatarAttemptMeterObservationHandler.class));
    }

    @Test
    void observationsNeedNoMeters() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
                .withUserConfiguration(Registry.class)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(AvatarAttemptMeterObservationHandler.class)
                        .getBean(AvatarClient.class)
                        .isInstanceOf(ObservedAvatarClient.class));
    }

    @Test
    void conventionOfTheApplicationWins() {
        runner.withUserConfiguration(Registry.class, OwnConvention.class).run(context -> {
            download(context);

            TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                    .hasSingleObservationThat()
                    .hasNameEqualTo("own.name");
        });
    }

    @Test
    void applicationsOwnClientIsLeftAsItIs() {
        runner.withUserConfiguration(Registry.class, OwnClient.class)
                .run(context -> assertThat(context)
                        .getBean(AvatarClient.class)
                        .isSameAs(context.getBean(OwnClient.class).client));
    }

    private static void download(ApplicationContext context) {
        StepVerifier.create(context.getBean(AvatarClient.class).download(VIDEO, Path.of("v.mp4")))
                .expectError()
                .verify(Duration.ofSeconds(30));
    }

    @Configuration(proxyBeanMethods = false)
    static class Registry {

        @Bean
        TestObservationRegistry observationRegistry() {
            return TestObservationRegistry.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConvention {

        @Bean
        AvatarClientObservationConvention ownConvention() {
            return new AvatarClientObservationConvention() {
                @Override
                public String getName() {
                    return "own.name";
                }
            };
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
}
