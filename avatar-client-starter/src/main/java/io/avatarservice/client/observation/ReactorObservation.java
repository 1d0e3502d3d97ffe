package io.avatarservice.client.observation;

import io.avatarservice.spi.AvatarException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** One observation that lasts as long as a subscription. */
final class ReactorObservation {

    /** Under which Micrometer's context propagation, and so Spring's HTTP clients, look for the parent. */
    static final String KEY = "micrometer.observation";

    private static final AvatarClientObservationConvention DEFAULT = new DefaultAvatarClientObservationConvention();

    private final AvatarClientObservationContext context;
    private final Observation observation;
    private final AtomicBoolean stopped = new AtomicBoolean();

    ReactorObservation(
            AvatarClientObservationContext context,
            ObservationRegistry registry,
            @Nullable AvatarClientObservationConvention convention) {
        this.context = context;
        this.observation = AvatarClientObservationDocumentation.OPERATION.observation(
                convention, DEFAULT, () -> context, registry);
    }

    <T> Flux<T> around(Flux<T> work) {
        return Flux.deferContextual(subscriber -> {
            start(subscriber);
            return work.doOnError(this::failed)
                    .doOnTerminate(this::stop)
                    .doOnCancel(this::cancelled)
                    .contextWrite(inner -> inner.put(KEY, observation));
        });
    }

    <T> Mono<T> around(Mono<T> work) {
        return Mono.deferContextual(subscriber -> {
            start(subscriber);
            return work.doOnError(this::failed)
                    .doOnTerminate(this::stop)
                    .doOnCancel(this::cancelled)
                    .contextWrite(inner -> inner.put(KEY, observation));
        });
    }

    /** The parent is in the subscriber's context, or else, where somebody blocks, in the thread. */
    private void start(ContextView subscriber) {
        subscriber.<Observation>getOrEmpty(KEY).ifPresent(observation::parentObservation);
        observation.start();
    }

    private void failed(Throwable failure) {
        if (failure instanceof AvatarException known) {
            context.attempted(known.attempts());
            if (known.jobId() != null) {
                context.accepted(known.jobId());
            }
        }
        observation.error(failure);
    }

    private void cancelled() {
        if (!stopped.get()) {
            context.cancel();
            stop();
        }
    }

    /** Before the subscriber learns of the end, so that whoever asks for the figures then finds them; and once. */
    private void stop() {
        if (stopped.compareAndSet(false, true)) {
            observation.stop();
        }
    }
}
