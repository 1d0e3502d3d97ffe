package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Of the two auto-configurations for two Spring Boots, always the one that fits. */
class AvatarHealthAutoConfigurationTests {

    private static final String BEAN = "avatarHealthContributor";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(SpringBootTypes.avatarHealth())
            .withConfiguration(AutoConfigurations.of(
                    AvatarClientAutoConfiguration.class, SadTalkerAvatarProviderAutoConfiguration.class));

    @Test
    void providersContributeToTheHealth() {
        runner.run(context -> assertThat(context).hasBean(BEAN));
    }

    @Test
    void propertyTurnsItOff() {
        runner.withPropertyValues("management.health.avatar.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
    }

    @Test
    void beanOfTheSameNameReplacesIt() {
        runner.withBean(BEAN, String.class, () -> "own")
                .run(context -> assertThat(context).getBean(BEAN).isEqualTo("own"));
    }

    @Test
    void clientWorksWithoutHealth() {
        runner.withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(AvatarClient.class)
                        .doesNotHaveBean(BEAN));
    }

    @Test
    void nothingIsKnownOfTheApplicationsOwnClient() {
        AvatarClient own = Mockito.mock(Answers.RETURNS_MOCKS);

        runner.withBean("ownClient", AvatarClient.class, () -> own)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
    }
}
