package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RequestFittingTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MediaSource PORTRAIT = url("http://intranet/anna.png?signature=s3cret");
    private static final MediaSource SPEECH = url("https://media.example.com/hello.wav");
    private static final int MEBIBYTE = 1024 * 1024;

    private final List<URI> fetched = new CopyOnWriteArrayList<>();
    private Flux<byte[]> content = Flux.just(new byte[] {1, 2, 3});
    private HttpStatus status = HttpStatus.OK;

    @Test
    void addressThatTheProviderTakesStaysAnAddress() {
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true));

        submit(provider, PORTRAIT, SPEECH).expectNextCount(1).expectComplete().verify(PATIENCE);

        assertThat(provider.submitted).first().satisfies(sent -> {
            assertThat(sent.portrait()).isEqualTo(PORTRAIT);
            assertThat(sent.speech()).isEqualTo(SPEECH);
        });
        assertThat(fetched).isEmpty();
    }

    @Test
    void addressThatTheProviderDoesNotTakeIsFetched() {
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true).urlSchemes("https"));

        submit(provider, PORTRAIT, SPEECH).expectNextCount(1).expectComplete().verify(PATIENCE);

        assertThat(provider.submitted).first().satisfies(sent -> {
            assertThat(sent.portrait()).isEqualTo(MediaSource.bytes(new byte[] {1, 2, 3}));
            assertThat(sent.speech()).isEqualTo(SPEECH);
            assertThat(sent.driver()).isEqualTo("preview");
            assertThat(sent.options()).containsEntry("seed", 7);
            assertThat(sent.idempotencyKey()).isEqualTo("order-42");
        });
        assertThat(fetched).containsExactly(URI.create("http://intranet/anna.png?signature=s3cret"));
    }

    @Test
    void nothingIsFetchedForAProviderThatTakesNoContent() {
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().urlSchemes("https"));

        submit(provider, PORTRAIT, SPEECH)
                .expectErrorSatisfies(unsupported("the provider takes no http address"))
                .verify(PATIENCE);

        assertThat(fetched).isEmpty();
    }

    @Test
    void nothingIsFetchedIfSomethingElseStandsInTheWay() {
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true).urlSchemes("https"));

        submit(provider, PORTRAIT, url("gs://bucket/hello.wav"))
                .expectErrorSatisfies(unsupported("the provider takes no gs address"))
                .verify(PATIENCE);

        assertThat(fetched).isEmpty();
    }

    @Test
    void mediumThatIsNotThereIsToldWithoutItsAddress() {
        status = HttpStatus.NOT_FOUND;
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true).urlSchemes("https"));

        submit(provider, PORTRAIT, SPEECH)
                .expectErrorSatisfies(unsupported(
                        "the provider takes no http address, and the portrait could not be fetched for it: HTTP 404"))
                .verify(PATIENCE);

        assertThat(provider.submitted).isEmpty();
    }

    @Test
    void mediumThatIsTooLargeIsNotHeldInMemory() {
        content = Flux.range(0, 33).map(piece -> new byte[MEBIBYTE]);
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true).urlSchemes("https"));

        submit(provider, PORTRAIT, SPEECH)
                .expectErrorSatisfies(unsupported("the provider takes no http address, and the portrait could not be "
                        + "fetched for it: it has more than 32 MB"))
                .verify(PATIENCE);
    }

    @Test
    void emptyMediumIsNotSent() {
        content = Flux.empty();
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true).urlSchemes("https"));

        submit(provider, PORTRAIT, SPEECH)
                .expectErrorSatisfies(
                        unsupported(
                                "the provider takes no http address, and the portrait could not be fetched for it: it is empty"))
                .verify(PATIENCE);
    }

    @Test
    void drivingVideoComesWithoutSpeech() {
        ScriptedAvatarProvider provider = provider(
                ProviderCapabilities.builder().uploads(true).urlSchemes("https").drivingVideo(true));

        submit(
                        provider,
                        AvatarRequest.driven(PORTRAIT, url("https://media.example.com/nod.mp4"))
                                .build())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(provider.submitted).first().satisfies(sent -> {
            assertThat(sent.portrait()).isEqualTo(MediaSource.bytes(new byte[] {1, 2, 3}));
            assertThat(sent.speech()).isNull();
            assertThat(sent.drivingVideo()).isEqualTo(url("https://media.example.com/nod.mp4"));
        });
    }

    @Test
    void drivingVideoIsPassedOverByAProviderThatTakesNone() {
        ScriptedAvatarProvider provider =
                provider(ProviderCapabilities.builder().uploads(true));

        submit(provider, AvatarRequest.driven(PORTRAIT, SPEECH).build())
                .expectErrorSatisfies(unsupported("the provider takes no driving video"))
                .verify(PATIENCE);
    }

    private static ScriptedAvatarProvider provider(ProviderCapabilities.Builder capabilities) {
        return new ScriptedAvatarProvider("picky", capabilities.build());
    }

    private StepVerifier.FirstStep<?> submit(
            ScriptedAvatarProvider provider, MediaSource portrait, MediaSource speech) {
        AvatarRequest request = AvatarRequest.builder(portrait, speech)
                .driver("preview")
                .option("seed", 7)
                .idempotencyKey("order-42")
                .build();
        return submit(provider, request);
    }

    private StepVerifier.FirstStep<?> submit(ScriptedAvatarProvider provider, AvatarRequest request) {
        return StepVerifier.create(AvatarClient.builder(provider)
                .webClientBuilder(WebClient.builder().clientConnector(this::answer))
                .build()
                .submit(request));
    }

    private Mono<ClientHttpResponse> answer(
            HttpMethod method, URI url, Function<? super ClientHttpRequest, Mono<Void>> send) {
        fetched.add(url);
        MockClientHttpResponse response = new MockClientHttpResponse(status);
        response.setBody(content.map(DefaultDataBufferFactory.sharedInstance::wrap));
        return send.apply(new MockClientHttpRequest(method, url)).thenReturn(response);
    }

    private static Consumer<Throwable> unsupported(String message) {
        return seen -> assertThat(seen)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        AvatarException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED));
    }

    private static MediaSource url(String url) {
        return MediaSource.url(URI.create(url));
    }
}
