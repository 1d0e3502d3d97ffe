package io.avatarservice.spi;

import java.nio.ByteBuffer;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whoever renders talking-head videos: a server of ours, a cloud service, a fake in a test.
 *
 * <p>Publishers are cold: nothing is sent before a subscription, and each subscription is one call. They fail with
 * {@link AvatarException} only, whose kind tells what may be tried next; a provider does not retry by itself. Calls end
 * within a time that the provider bounds. Implementations are safe for use by many threads and never block the
 * subscribing one.
 *
 * @since 0.1.0
 */
public interface AvatarProvider {

    /** The name by which this provider is selected; the same for the whole life of the instance. */
    ProviderId id();

    /** What this provider can do; answered without a call. */
    ProviderCapabilities capabilities();

    /**
     * Asks for a video.
     *
     * @return the accepted job, in any state. Fails with {@link FailureKind#SUBMIT_UNCONFIRMED} if it is unknown whether
     *     there is a job now and the request had no idempotency key, or the provider does not support one
     */
    Mono<AvatarJob> submit(AvatarRequest request);

    /**
     * Finds out what became of a submit that ended with {@link FailureKind#SUBMIT_UNCONFIRMED}. Charges nothing, and may
     * take some seconds, because a job can show up late.
     *
     * @param request the same as submitted; its idempotency key is what the job is recognized by
     * @return the job; empty if it is certain that there is none. Fails with {@link FailureKind#SUBMIT_UNCONFIRMED} if it
     *     cannot be known, as it does unless a provider knows better
     */
    default Mono<AvatarJob> reconcile(AvatarRequest request) {
        return Mono.error(() -> AvatarException.builder(
                        FailureKind.SUBMIT_UNCONFIRMED, "it cannot be known whether there is a job")
                .provider(id())
                .build());
    }

    /**
     * Looks up a job.
     *
     * @return the job as it is now, also when it ended in error; empty if the provider does not know it
     */
    Mono<AvatarJob> find(JobId id);

    /**
     * Stops a job. Doing so twice has the effect of once.
     *
     * @return what came of it; an unknown or finished job is an outcome, not a failure
     */
    Mono<CancelOutcome> cancel(JobId id);

    /**
     * Reads a finished video.
     *
     * @param video rendered by this provider
     * @return the encoded file in pieces, in order; each buffer belongs to the subscriber
     */
    Flux<ByteBuffer> download(AvatarVideo video);

    /**
     * Asks whether renders would be welcome now, in a way that charges nothing.
     *
     * @return facts for operators, such as {@code credits.remaining}, free of secrets; empty where there is nothing to
     *     ask. Fails as a render would
     */
    default Mono<Map<String, Object>> probe() {
        return Mono.empty();
    }
}
