package io.avatarservice.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.did.DidAuthEncoding;
import io.avatarservice.did.DidAvatarProvider;
import io.avatarservice.spi.JobId;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DidAvatarProviderAutoConfigurationTests {

    private static final String KEY = "bWU:key";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AvatarClientAutoConfiguration.class,
                    DidAvatarProviderAutoConfiguration.class,
                    SadTalkerAvatarProviderAutoConfiguration.class))
            .withConfiguration(SpringBootTypes.webClient());

    @Test
    void providerIsThereAndCallsNobody() {
        runner.withUserConfiguration(Recorder.class).run(context -> {
            assertThat(context).hasSingleBean(DidAvatarProvider.class).hasSingleBean(AvatarClient.class);
            assertThat(context.getBean(Recorder.class).request).isNull();
        });
    }

    @Test
    void applicationsWithoutItNeedNoKey() {
        runner.withPropertyValues("avatar.provider=sadtalker")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void selectionAndKeyAreAllThatARollbackNeeds() {
        runner.withInitializer(new EnvironmentVariables("DID_API_KEY", KEY))
                .withUserConfiguration(Recorder.class)
                .withPropertyValues("avatar.provider=d-id")
                .run(context -> {
                    ClientRequest request = requestOf(context);

                    assertThat(request.url()).isEqualTo(URI.create("https://api.d-id.com/talks/tlk_1"));
                    assertThat(request.headers().getFirst("Authorization")).isEqualTo("Basic " + KEY);
                });
    }

    @Test
    void propertyBeatsTheEnvironmentVariable() {
        runner.withInitializer(new EnvironmentVariables("DID_API_KEY", "from-environment"))
                .withUserConfiguration(Recorder.class)
                .withPropertyValues("avatar.d-id.api-key=" + KEY)
                .run(context -> assertThat(requestOf(context).headers().getFirst("Authorization"))
                        .isEqualTo("Basic " + KEY));
    }

    @Test
    void behaviorCanBeSet() {
        runner.withUserConfiguration(Recorder.class)
                .withPropertyValues(
                        "avatar.d-id.api-key=" + KEY,
                        "avatar.d-id.base-url=http://proxy:9000/did",
                        "avatar.d-id.auth-encoding=bearer",
                        "avatar.d-id.legacy-driver-url=true",
                        "avatar.d-id.delete-after-download=true",
                        "avatar.d-id.submit-timeout=10s",
                        "avatar.d-id.response-timeout=100s")
                .run(context -> {
                    ClientRequest request = requestOf(context);

                    assertThat(request.url()).isEqualTo(URI.create("http://proxy:9000/did/talks/tlk_1"));
                    assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer " + KEY);
                    assertThat(context.getBean(DidProperties.class))
                            .returns(true, DidProperties::legacyDriverUrl)
                            .returns(true, DidProperties::deleteAfterDownload)
                            .returns(Duration.ofSeconds(10), DidProperties::submitTimeout)
                            .returns(Duration.ofSeconds(100), DidProperties::responseTimeout);
                });
    }

    @Test
    void connectionDetailsReplaceTheProperties() {
        runner.withUserConfiguration(Recorder.class, Details.class)
                .withPropertyValues(
                        "avatar.provider=d-id", "avatar.d-id.base-url=http://ignored", "avatar.d-id.api-key=ignored")
                .run(context -> {
                    ClientRequest request = requestOf(context);

                    assertThat(request.url()).isEqualTo(URI.create("http://fake:1234/talks/tlk_1"));
                    assertThat(request.headers().getFirst("Authorization")).isEqualTo("Basic of-details");
                });
    }

    @Test
    void customizersAreAppliedInTheirOrderAfterTheGeneralOnes() {
        runner.withInitializer(SpringBootTypes.webClientCustomizer(
                        builder -> builder.defaultHeaders(headers -> headers.add("X-Order", "general"))))
                .withUserConfiguration(Recorder.class, Headers.class)
                .withPropertyValues("avatar.d-id.api-key=" + KEY)
                .run(context -> assertThat(requestOf(context).headers().getValuesAsList("X-Order"))
                        .containsExactly("general", "first", "second"));
    }

    @Test
    void applicationsOwnProviderWinsAndLooksAfterItsOwnKey() {
        runner.withUserConfiguration(OwnProvider.class)
                .withPropertyValues("avatar.provider=d-id")
                .run(context ->
                        assertThat(context).getBean(DidAvatarProvider.class).isSameAs(context.getBean("ownProvider")));
    }

    @ParameterizedTest
    @CsvSource({"avatar.provider=d-id, avatar.provider", "avatar.failover.providers=d-id, avatar.failover.providers"})
    void missingKeyStopsTheStartWithAnExplanation(String used, String property) {
        runner.withPropertyValues(used)
                .run(context -> assertThat(analysisOf(context.getStartupFailure()))
                        .returns(
                                property + " names 'd-id', but there is no D-ID API key.",
                                FailureAnalysis::getDescription)
                        .returns(
                                "Set avatar.d-id.api-key, or the environment variable DID_API_KEY, to the key as D-ID"
                                        + " issued it; or take 'd-id' out of " + property + ".",
                                FailureAnalysis::getAction));
    }

    @Test
    void emptyKeyIsAsGoodAsNone() {
        runner.withPropertyValues("avatar.provider=d-id", "avatar.d-id.api-key= ")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(MissingDidApiKeyException.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://proxy | must start with http:// or https://, but is 'ftp://proxy'",
                "http://me:secret@proxy | must have neither user, query nor fragment; a key belongs into avatar.d-id.api-key"
            })
    void wrongAddressStopsTheStartWithAnExplanation(String url, String reason) {
        runner.withPropertyValues("avatar.d-id.base-url=" + url)
                .run(context -> assertThat(analysisOf(context.getStartupFailure()))
                        .returns("avatar.d-id.base-url " + reason + ".", FailureAnalysis::getDescription)
                        .returns(
                                "Leave avatar.d-id.base-url out, or set it to the address of what stands in for D-ID.",
                                FailureAnalysis::getAction));
    }

    @Test
    void valueOutOfRangeStopsTheStartAndNamesTheProperty() {
        runner.withPropertyValues("avatar.d-id.submit-timeout=0s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("avatar.d-id.submit-timeout must be positive, but was PT0S"));
    }

    @Test
    void withoutTheProvidersJarTheRestWorks() {
        runner.withClassLoader(new FilteredClassLoader(DidAvatarProvider.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DidAvatarProvider.class)
                        .hasSingleBean(SadTalkerAvatarProvider.class));
    }

    @Test
    void keyIsNotShown() {
        DidProperties properties = new DidProperties(
                "secret",
                URI.create("https://api.d-id.com"),
                DidAuthEncoding.RAW,
                false,
                false,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThat(properties.toString())
                .contains("https://api.d-id.com", "***")
                .doesNotContain("secret");
    }

    private static FailureAnalysis analysisOf(Throwable failure) {
        return new AvatarConfigurationFailureAnalyzer().analyze(failure);
    }

    private static ClientRequest requestOf(ApplicationContext context) {
        StepVerifier.create(context.getBean(DidAvatarProvider.class).find(JobId.of("tlk_1")))
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
        DidWebClientCustomizer recorder() {
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
        DidConnectionDetails details() {
            return new DidConnectionDetails() {
                @Override
                public URI baseUrl() {
                    return URI.create("http://fake:1234");
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
        DidWebClientCustomizer second() {
            return builder -> builder.defaultHeaders(headers -> headers.add("X-Order", "second"));
        }

        @Bean
        @Order(1)
        DidWebClientCustomizer first() {
            return builder -> builder.defaultHeaders(headers -> headers.add("X-Order", "first"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnProvider {

        @Bean
        DidAvatarProvider ownProvider() {
            return DidAvatarProvider.builder(() -> KEY).build();
        }
    }
}
