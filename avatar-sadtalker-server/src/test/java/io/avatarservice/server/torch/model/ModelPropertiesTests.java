package io.avatarservice.server.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ModelPropertiesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(ModelConfiguration.class);

    @Test
    void filesLieInTheHomeDirectoryWhereNothingIsSet() {
        runner.run(context -> {
            ModelProperties properties = context.getBean(ModelProperties.class);
            assertThat(properties.sadtalkerRoot()).isNull();
            assertThat(properties.verify()).isEqualTo(VerifyMode.WARN);
            assertThat(context.getBean(ModelStore.class).directory())
                    .isEqualTo(Path.of(System.getProperty("user.home"), ".avatar-service", "models"));
        });
    }

    @Test
    void theVariableOfSadTalkerDeploymentsNamesTheRoot() {
        runner.withPropertyValues("SADTALKER_ROOT=/opt/SadTalker")
                .run(context -> assertThat(
                                context.getBean(ModelProperties.class).sadtalkerRoot())
                        .isEqualTo(Path.of("/opt/SadTalker")));
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        runner.withPropertyValues("SADTALKER_ROOT=", "avatar.models.directory=").run(context -> {
            ModelProperties properties = context.getBean(ModelProperties.class);
            assertThat(properties.sadtalkerRoot()).isNull();
            assertThat(properties.directory()).isNull();
        });
    }

    @Test
    void aMirrorThatCannotBeUsedStopsTheStart() {
        runner.withPropertyValues("avatar.models.mirrors=ftp://example.org/")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasRootCauseMessage("a mirror must start with http://, https:// or file:"));
    }

    @Test
    void takesSeveralMirrorsFromOneVariable() {
        ModelProperties properties = TestModels.properties(
                Path.of("/m"), Map.of("avatar.models.mirrors", "https://a.example/,https://b.example/"));

        assertThat(properties.mirrors()).containsExactly("https://a.example/", "https://b.example/");
    }
}
