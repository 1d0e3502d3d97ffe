package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
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
 * says what may be tried next, and whose attempts tell who was asked. A render that is not wanted anymore is stopped:
 * cancelling the subscription, or missing the deadline, cancels the job at the provider.
 *
 * <p>Where the client has fallback providers, one that fails is followed by the next as far as its failure allows, see
 * {@link FailureKind#nextProvider()}.
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
     *     cancel early, such as {@code next()}, cancel the job. Where another provider takes over, its job follows
     */
    Flux<AvatarJob> watch(AvatarRequest request);

    /**
     * Hands a request in and leaves it there: the way to a render that outlives this process. Other providers are asked as
     * for {@link #watch}, but only until one accepts. A request without an idempotency key gets one for each subscription.
     *
     * @return the accepted job, in any state, not cancelled afterwards; {@link #resume} follows it. Cancelling before it is
     *     there cancels the job that may come of the submit
     */
    Mono<AvatarJob> submit(AvatarRequest request);

    /**
     * Follows a job that was accepted earlier, for example before a restart. No other provider takes over.
     *
     * @param provider who has the job; any that this client knows
     * @param jobId as in {@link AvatarJob#id()}
     * @return the job as it is and then whenever it changed, exactly as {@link #watch} does: a failure, the deadline, which
     *     starts anew, and cancelling the subscription cancel the job. Fails with {@link FailureKind#UNSUPPORTED} if the
     *     provider is not known here, and with {@link FailureKind#RENDER_FAILED} if the provider does not know the job
     */
    Flux<AvatarJob> resume(ProviderId provider, JobId jobId);

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
