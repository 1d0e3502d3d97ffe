package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Turns a portrait and a speech recording into a talking-head video, whichever provider renders it.
 *
 * <pre>{@code
 * avatars.render(AvatarRequest.of(MediaSource.file(portrait), MediaSource.file(speech)))
 *         .flatMap(video -> avatars.download(video, Path.of("talking-head.mp4")));
 * }</pre>
 *
 * <p>Publishers are cold: every subscription is a render of its own. Failures are {@link AvatarException}s, whose kind
 * says what may be tried next. A render that is not wanted anymore is stopped: cancelling the subscription, or missing
 * the deadline, cancels the job at the provider.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface AvatarClient {

    /** Starts a client of {@code provider}, for use outside of Spring. */
    static AvatarClientBuilder builder(AvatarProvider provider) {
        return new AvatarClientBuilder(provider);
    }

    /**
     * Renders, and shows how it goes. A request without an idempotency key gets one for each subscription.
     *
     * @return the job as accepted and then whenever it changed; the last is completed and has the video. A job that ends
     *     in error, is cancelled by somebody else, or misses the deadline is an {@link AvatarException}. Operators that
     *     cancel early, such as {@code next()}, cancel the job
     */
    Flux<AvatarJob> watch(AvatarRequest request);

    /**
     * Renders.
     *
     * @return the finished video; still at the provider until {@link #download downloaded}
     */
    Mono<AvatarVideo> render(AvatarRequest request);

    /**
     * Writes a finished video to a file. The file appears whole or not at all: the video is written beside it and moved
     * into place; a failed or cancelled download leaves nothing behind. Missing directories are created, an existing file
     * is replaced.
     *
     * @return the file. Fails with {@link AvatarException} if the provider does not deliver, with
     *     {@link UncheckedIOException} if the file cannot be written
     */
    Mono<Path> download(AvatarVideo video, Path file);

    /**
     * Renders and waits. Interrupting the thread cancels the job.
     *
     * @throws AvatarException if there is no video
     * @throws IllegalStateException on a thread that must not block
     */
    default AvatarVideo renderBlocking(AvatarRequest request) {
        return Objects.requireNonNull(render(request).block(), "render ended without a video");
    }

    /**
     * Renders, waits, and shows how it goes.
     *
     * @param progress called in turn with each snapshot that {@link #watch} gives
     * @throws AvatarException if there is no video
     * @throws IllegalStateException on a thread that must not block
     */
    default AvatarVideo renderBlocking(AvatarRequest request, Consumer<? super AvatarJob> progress) {
        AvatarJob last = watch(request).doOnNext(progress).blockLast();
        return Objects.requireNonNull(last == null ? null : last.video(), "render ended without a video");
    }

    /**
     * Writes a finished video to a file and waits.
     *
     * @throws AvatarException if the provider does not deliver
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalStateException on a thread that must not block
     * @see #download
     */
    default Path downloadBlocking(AvatarVideo video, Path file) {
        return Objects.requireNonNull(download(video, file).block(), "download ended without a file");
    }
}
