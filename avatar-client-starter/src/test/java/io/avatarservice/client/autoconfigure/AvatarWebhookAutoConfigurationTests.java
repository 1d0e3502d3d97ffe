package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.JobNotifications;
import io.avatarservice.client.webhook.WebhookNotifications;
import io.avatarservice.spi.ProviderId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;

class AvatarWebhookAutoConfigurationTests {

    private static final AutoConfigurations WEBHOOKS =
            AutoConfigurations.of(AvatarWebhookAutoConfiguration.class, AvatarWebhookEndpointAutoConfiguration.class);
    private static final String[] ENABLED = {
        "avatar.webhook.enabled=true", "avatar.webhook.public-url=https://orchestrator.example.com/"
    };

    private final ReactiveWebApplicationContextRunner runner =
            new ReactiveWebApplicationContextRunner().withConfiguration(WEBHOOKS);

    @Test
    void thereAreNoWebhooksUnlessEnabled() {
        runner.run(context ->
                assertThat(context).doesNotHaveBean(JobNotifications.class).doesNotHaveBean(RouterFunction.class));
        runner.withPropertyValues("avatar.webhook.enabled=false", "avatar.webhook.public-url=nonsense")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JobNotifications.class));
    }

    @Test
    void propertyEnablesThem() {
        runner.withPropertyValues(ENABLED).run(context -> {
            assertThat(context).hasSingleBean(RouterFunction.class);
            assertThat(addressOf(context.getBean(JobNotifications.class)))
                    .startsWith("https://orchestrator.example.com/avatar/webhooks/d-id/");
        });
    }

    @Test
    void pathCanBeMoved() {
        runner.withPropertyValues(ENABLED)
                .withPropertyValues("avatar.webhook.path=/hooks/avatars")
                .run(context -> assertThat(addressOf(context.getBean(JobNotifications.class)))
                        .startsWith("https://orchestrator.example.com/hooks/avatars/d-id/"));
    }

    @Test
    void servletApplicationsAreServedToo() {
        new WebApplicationContextRunner()
                .withConfiguration(WEBHOOKS)
                .withPropertyValues(ENABLED)
                .run(context -> assertThat(context)
                        .hasSingleBean(org.springframework.web.servlet.function.RouterFunction.class)
                        .doesNotHaveBean(RouterFunction.class));
    }

    @Test
    void reactiveApplicationsNeedNoServlets() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet", "jakarta.servlet"))
                .withPropertyValues(ENABLED)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RouterFunction.class));
    }

    @Test
    void applicationThatServesNothingIsNotCalled() {
        new ApplicationContextRunner()
                .withConfiguration(WEBHOOKS)
                .withPropertyValues(ENABLED)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JobNotifications.class));
    }

    @Test
    void applicationsOwnNotificationsWin() {
        runner.withUserConfiguration(OwnNotifications.class)
                .withPropertyValues(ENABLED)
                .run(context -> assertThat(context)
                        .hasSingleBean(JobNotifications.class)
                        .doesNotHaveBean(WebhookNotifications.class)
                        .doesNotHaveBean(RouterFunction.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orchestrator.example.com|must start with http:// or https://, but is 'orchestrator.example.com'",
                "http://orchestrator.example.com|must start with https://, but is 'http://orchestrator.example.com'",
                "https:///hooks|names no host that could be asked: 'https:///hooks'",
                "https://host?key=secret|must have neither user, query nor fragment; tokens are added to it"
            })
    void addressThatProvidersCannotUseStopsTheStartWithAnExplanation(String url, String reason) {
        runner.withPropertyValues("avatar.webhook.enabled=true", "avatar.webhook.public-url=" + url)
                .run(context -> assertThat(analysisOf(context.getStartupFailure()))
                        .returns("avatar.webhook.public-url " + reason + ".", FailureAnalysis::getDescription)
                        .returns(
                                "Set avatar.webhook.public-url to the https address under which providers reach this"
                                        + " application, for example https://orchestrator.example.com, or set"
                                        + " avatar.webhook.enabled to false.",
                                FailureAnalysis::getAction));
    }

    @Test
    void missingAddressStopsTheStartWithAnExplanation() {
        runner.withPropertyValues("avatar.webhook.enabled=true")
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .isEqualTo("avatar.webhook.public-url is not set."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"})
    void thisVeryMachineNeedsNoEncryption(String url) {
        runner.withPropertyValues("avatar.webhook.enabled=true", "avatar.webhook.public-url=" + url)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks", "/", "/hooks/", "/{provider}", "/a b"})
    void pathThatIsNoneStopsTheStartAndNamesTheProperty(String path) {
        runner.withPropertyValues(ENABLED)
                .withPropertyValues("avatar.webhook.path=" + path)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("avatar.webhook.path must have one or more segments"));
    }

    @Test
    void secretThatIsNoneStopsTheStartWithAnExplanationThatDoesNotRepeatIt() {
        runner.withPropertyValues(ENABLED)
                .withPropertyValues("avatar.service.webhook-secret=not base64!")
                .run(context -> assertThat(analysisOf(context.getStartupFailure()))
                        .returns("avatar.service.webhook-secret is not Base64.", FailureAnalysis::getDescription)
                        .satisfies(analysis -> assertThat(analysis.getAction()).contains("whsec_")));
    }

    @Test
    void secretIsNotShown() {
        assertThat(new AvatarWebhookProperties(true, null, "/hooks", "secret").toString())
                .contains("/hooks", "***")
                .doesNotContain("secret=secret");
    }

    private static String addressOf(JobNotifications notifications) {
        return String.valueOf(notifications.open(ProviderId.of("d-id")).webhook());
    }

    private static FailureAnalysis analysisOf(Throwable failure) {
        return new AvatarConfigurationFailureAnalyzer().analyze(failure);
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnNotifications {

        @Bean
        JobNotifications ownNotifications() {
            return JobNotifications.NONE;
        }
    }
}
