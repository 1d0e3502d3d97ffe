package io.avatarservice.client;

import static io.avatarservice.client.ScriptedAvatarProvider.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.ProviderId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class DownloadTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedAvatarProvider provider = new ScriptedAvatarProvider();
    private final AvatarClient client = AvatarClient.builder(provider).build();
    private Path directory = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void chooseAFile(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("video.mp4");
    }

    @Test
    void writesThePiecesInOrder() {
        provider.download = pieces("one ", "two ", "three");

        StepVerifier.create(client.download(VIDEO, file))
                .expectNext(file.toAbsolutePath())
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).hasContent("one two three");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void createsMissingDirectories() {
        provider.download = pieces("video");
        Path deep = directory.resolve("a/b/video.mp4");

        StepVerifier.create(client.download(VIDEO, deep))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(deep).hasContent("video");
    }

    @Test
    void replacesAnExistingFile() throws Exception {
        Files.writeString(file, "an older and longer video");
        provider.download = pieces("video");

        StepVerifier.create(client.download(VIDEO, file))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).hasContent("video");
    }

    @Test
    void failureMidwayLeavesNothingBehind() {
        AvatarException broken = AvatarException.builder(FailureKind.UNAVAILABLE, "the connection broke")
                .build();
        provider.download = pieces("half a").concatWith(Flux.error(broken));

        StepVerifier.create(client.download(VIDEO, file))
                .expectErrorMatches(broken::equals)
                .verify(PATIENCE);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void failureMidwayKeepsAnExistingFile() throws Exception {
        Files.writeString(file, "an older video");
        provider.download = pieces("half a")
                .concatWith(Flux.error(AvatarException.builder(FailureKind.UNAVAILABLE, "the connection broke")
                        .build()));

        StepVerifier.create(client.download(VIDEO, file))
                .expectError(AvatarException.class)
                .verify(PATIENCE);

        assertThat(file).hasContent("an older video");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void cancellingLeavesNothingBehind() {
        provider.download = pieces("half a").concatWith(Flux.never());
        Disposable download = client.download(VIDEO, file).subscribe();
        await().atMost(PATIENCE).until(() -> directory.toFile().list().length == 1);

        download.dispose();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(directory).isEmptyDirectory());
    }

    @Test
    void fileIsNotThereBeforeItIsWhole() {
        provider.download = pieces("half a").concatWith(Flux.never());
        Disposable download = client.download(VIDEO, file).subscribe();
        await().atMost(PATIENCE).until(() -> directory.toFile().list().length == 1);

        assertThat(file).doesNotExist();

        download.dispose();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(directory).isEmptyDirectory());
    }

    @Test
    void videoOfAnotherSizeIsRefused() {
        provider.download = pieces("half a");
        AvatarVideo video = VIDEO.toBuilder().sizeBytes(12L).build();

        StepVerifier.create(client.download(video, file))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .hasMessage("the provider sent 6 of 12 bytes of the video and then ended")
                        .asInstanceOf(type(AvatarException.class))
                        .extracting(AvatarException::kind)
                        .isEqualTo(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void emptyVideoIsRefused() {
        StepVerifier.create(client.download(VIDEO, file))
                .expectErrorMessage("the provider sent 0 bytes of the video and then ended")
                .verify(PATIENCE);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fileThatCannotBeWrittenIsAnIoFailure() {
        StepVerifier.create(client.download(VIDEO, directory))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageEndingWith("is a directory"))
                .verify(PATIENCE);
    }

    @Test
    void videoOfAnUnknownProviderIsRefused() {
        AvatarVideo foreign = AvatarVideo.builder(ProviderId.of("d-id"), VIDEO.jobId(), VIDEO.url())
                .build();

        StepVerifier.create(client.download(foreign, file))
                .expectErrorMessage("the video was rendered by 'd-id', which this client does not know")
                .verify(PATIENCE);
    }

    @Test
    void failureBeforeTheFirstPieceIsRepeated() {
        AtomicInteger calls = new AtomicInteger();
        provider.download = Flux.defer(() ->
                calls.incrementAndGet() < 3 ? Flux.error(provider.failure(FailureKind.UNAVAILABLE)) : pieces("video"));
        VirtualTime time = new VirtualTime();

        StepVerifier.create(AvatarClient.builder(provider)
                        .scheduler(time.scheduler())
                        .build()
                        .download(VIDEO, file))
                .then(() -> await().atMost(PATIENCE).until(() -> {
                    time.pass(Duration.ofSeconds(1));
                    return calls.get() == 3;
                }))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).hasContent("video");
    }

    @Test
    void failureMidwayIsNotRepeated() {
        AtomicInteger calls = new AtomicInteger();
        provider.download = Flux.defer(() -> {
            calls.incrementAndGet();
            return pieces("half a").concatWith(Flux.error(provider.failure(FailureKind.UNAVAILABLE)));
        });

        StepVerifier.create(client.download(VIDEO, file)).expectError().verify(PATIENCE);

        assertThat(calls).hasValue(1);
    }

    @Test
    void stuckDownloadIsGivenUpAndCounted() {
        provider.download = pieces("half a").concatWith(Flux.never());
        VirtualTime time = new VirtualTime();
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

        StepVerifier.create(AvatarClient.builder(provider)
                        .callTimeout(Duration.ofSeconds(10))
                        .circuitBreakers(registry)
                        .scheduler(time.scheduler())
                        .build()
                        .download(VIDEO, file))
                .then(() ->
                        await().atMost(PATIENCE).until(() -> directory.toFile().list().length == 1))
                .then(() -> time.pass(Duration.ofSeconds(10)))
                .expectErrorMessage("no answer to the download within PT10S")
                .verify(PATIENCE);

        assertThat(directory).isEmptyDirectory();
        assertThat(registry.circuitBreaker("avatar-scripted-download")
                        .getMetrics()
                        .getNumberOfFailedCalls())
                .isEqualTo(1);
    }

    private static Flux<ByteBuffer> pieces(String... texts) {
        return Flux.fromArray(texts).map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
