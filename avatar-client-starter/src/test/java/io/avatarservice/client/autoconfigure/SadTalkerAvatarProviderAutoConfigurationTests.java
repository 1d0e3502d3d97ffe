package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.spi.JobId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SadTalkerAvatarProviderAutoConfigurationTests {

    private static final ApplicationContextInitializer<ConfigurableApplicationContext> GENERAL =
            SpringBootTypes.webClientCustomizer(
                    builder -> builder.defaultHeaders(headers -> headers.add("X-Order", "general")));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SadTalkerAvatarProviderAutoConfiguration.class))
            .withConfiguration(SpringBootTypes.webClient());

    @Test
    void callsTheLocalServerByDefaultAndWithoutAKey() {
        runner.withUserConfiguration(Recorder.class).run(context -> {
            ClientRequest request = requestOf(context);

            assertThat(request.url()).isEqualTo(URI.create("http://localhost:8001/v1/jobs/1"));
            assertThat(request.headers().getFirst("Authorization")).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "avatar.service.base-url=http://gpu:9000, http://gpu:9000/v1/jobs/1",
        "avatar.service.base-url=http://gpu:9000/, http://gpu:9000/v1/jobs/1",
        "avatar.service.baseUrl=https://gpu/avatars, https://gpu/avatars/v1/jobs/1"
    })
    void propertyTellsTheAddress(String property, URI url) {
        runner.withUserConfiguration(Recorder.class)
                .withPropertyValues(property)
                .run(context -> assertThat(requestOf(context).url()).isEqualTo(url));
    }

    @Test
    void environmentVariableTellsTheAddress() {
        runner.withUserConfiguration(Recorder.class)
                .withInitializer(new EnvironmentVariables("AVATAR_SERVICE_BASEURL", "http://gpu:9000"))
                .run(context ->
                        assertThat(requestOf(context).url()).isEqualTo(URI.create("http://gpu:9000/v1/jobs/1")));
    }

    @Test
    void emptyEnvironmentVariableIsAsGoodAsNone() {
        runner.withUserConfiguration(Recorder.class)
                .withInitializer(new EnvironmentVariables("AVATAR_SERVICE_BASEURL", ""))
                .run(context ->
                        assertThat(requestOf(context).url()).isEqualTo(URI.create("http://localhost:8001/v1/jobs/1")));
    }

    @Test
    void propertyTellsTheKey() {
        runner.withUserConfiguration(Recorder.class)
                .withPropertyValues("avatar.service.api-key=from-property")
                .withInitializer(new EnvironmentVariables("AVATAR_API_KEY", "from-environment"))
                .run(context -> assertThat(requestOf(context).headers().getFirst("Authorization"))
                        .isEqualTo("Bearer from-property"));
    }

    @Test
    void environmentVariableTellsTheKey() {
        runner.withUserConfiguration(Recorder.class)
                .withInitializer(new EnvironmentVariables("AVATAR_API_KEY", "from-environment"))
                .run(context -> assertThat(requestOf(context).headers().getFirst("Authorization"))
                        .isEqualTo("Bearer from-environment"));
    }

    @Test
    void connectionDetailsReplaceTheProperties() {
        runner.withUserConfiguration(Recorder.class, Details.class)
                .withPropertyValues("avatar.service.base-url=http://ignored", "avatar.service.api-key=ignored")
                .run(context -> {
                    ClientRequest request = requestOf(context);

                    assertThat(request.url()).isEqualTo(URI.create("http://details:1234/v1/jobs/1"));
                    assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer of-details");
                });
    }

    @Test
    void customizersAreAppliedInTheirOrderAfterTheGeneralOnes() {
        runner.withInitializer(GENERAL)
                .withUserConfiguration(Recorder.class, Headers.class)
                .run(context -> assertThat(requestOf(context).headers().getValuesAsList("X-Order"))
                        .containsExactly("general", "first", "second"));
    }

    @Test
    void customizersDoNotReachOtherClients() {
        runner.withInitializer(GENERAL)
                .withUserConfiguration(Recorder.class, Headers.class)
                .run(context -> {
                    List<String> seen = new ArrayList<>();
                    context.getBean(WebClient.Builder.class)
                            .defaultHeaders(headers -> seen.addAll(headers.getValuesAsList("X-Order")));

                    assertThat(seen).containsExactly("general");
                });
    }

    @Test
    void worksWithoutAnAutoConfiguredBuilder() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SadTalkerAvatarProviderAutoConfiguration.class))
                .withUserConfiguration(Recorder.class)
                .run(context ->
                        assertThat(requestOf(context).url()).isEqualTo(URI.create("http://localhost:8001/v1/jobs/1")));
    }

    @Test
    void applicationsOwnProviderWins() {
        runner.withUserConfiguration(OwnProvider.class)
                .run(context -> assertThat(context)
                        .getBean(SadTalkerAvatarProvider.class)
                        .isSameAs(context.getBean("ownProvider")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost:8001 | must start with http:// or https://, but is 'localhost:8001'",
                "ftp://gpu | must start with http:// or https://, but is 'ftp://gpu'",
                "http:///jobs | names no host that could be asked: 'http:///jobs'",
                "http://gpu host | names no host that could be asked: 'http://gpu%20host'",
                "http://me:secret@gpu | must have neither user, query nor fragment; a key belongs into avatar.service.api-key",
                "http://gpu?key=secret | must have neither user, query nor fragment; a key belongs into avatar.service.api-key",
                "ftp://me:secret@gpu?key=secret | must start with http:// or https://, but is 'ftp://***@gpu?***'"
            })
    void wrongAddressStopsTheStartWithAnExplanation(String url, String reason) {
        runner.withPropertyValues("avatar.service.base-url=" + url).run(context -> {
            FailureAnalysis analysis = new AvatarConfigurationFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getDescription()).isEqualTo("avatar.service.base-url " + reason + ".");
            assertThat(analysis.getAction())
                    .isEqualTo("Set avatar.service.base-url, or the environment variable AVATAR_SERVICE_BASEURL, to the"
                            + " address of the server, for example http://localhost:8001.");
        });
    }

    @Test
    void keyIsNotShown() {
        AvatarServiceProperties properties = new AvatarServiceProperties(
                URI.create("http://gpu"), "secret", Duration.ofSeconds(1), Duration.ofSeconds(1), "whsec_secret");

        assertThat(properties.toString()).contains("http://gpu", "***").doesNotContain("secret");
    }

    @Test
    void serverIsToldWhereToCallOnlyIfItsCallsCanBeChecked() {
        runner.run(context -> assertThat(webhooks(context)).isFalse());
        runner.withPropertyValues("avatar.service.webhook-secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .run(context -> assertThat(webhooks(context)).isTrue());
    }

    private static boolean webhooks(ApplicationContext context) {
        return context.getBean(SadTalkerAvatarProvider.class).capabilities().webhooks();
    }

    private static ClientRequest requestOf(ApplicationContext context) {
        StepVerifier.create(context.getBean(SadTalkerAvatarProvider.class).find(JobId.of("1")))
                .expectError()
                .verify(Duration.ofSeconds(30));
        ClientRequest request = context.getBean(Recorder.class).request;
        assertThat(request).isNotNull();
        return request;
    }

    /** Takes the network's place, and keeps what would have been sent. */
    @Configuration(proxyBeanMethods = false)
    static class Recorder {

        @Nullable ClientRequest request;

        @Bean
        @Order(0)
        AvatarServiceWebClientCustomizer recorder() {
            return builder -> builder.exchangeFunction(sent -> {
                request = sent;
                return Mono.just(
                        ClientResponse.create(HttpStatus.SERVICE_UNAVAILABLE).build());
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {

        @Bean
        AvatarServiceConnectionDetails details() {
            return new AvatarServiceConnectionDetails() {
                @Override
                public URI baseUrl() {
                    return URI.create("http://details:1234");
                }

                @Override
                public String apiKey() {
                    return "of-details";
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Headers {

        @Bean
        @Order(2)
        AvatarServiceWebClientCustomizer second() {
            return builder -> builder.defaultHeaders(headers -> headers.add("X-Order", "second"));
        }

        @Bean
        @Order(1)
        AvatarServiceWebClientCustomizer first() {
            return builder -> builder.defaultHeaders(headers -> headers.add("X-Order", "first"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnProvider {

        @Bean
        SadTalkerAvatarProvider ownProvider() {
            return SadTalkerAvatarProvider.builder(URI.create("http://own")).build();
        }
    }
}
