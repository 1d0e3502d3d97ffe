package io.avatarservice.client.observation;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Shows a client's work to Micrometer: one observation for each render, submit, resumed job and download. It is handed
 * down in the subscriber's context, so that the HTTP calls of providers become its children.
 *
 * @see AvatarClientObservationDocumentation
 * @since 0.1.0
 */
public final class ObservedAvatarClient implements AvatarClient {

    private final AvatarClient client;
    private final ProviderId selected;
    private final ObservationRegistry registry;
    private final @Nullable AvatarClientObservationConvention convention;

    /**
     * Observes {@code client}.
     *
     * @param client that does the work
     * @param selected provider that it asks first
     * @param registry where observations go
     * @param convention how they are named; {@code null} for the registry's own, or else the default
     */
    public ObservedAvatarClient(
            AvatarClient client,
            ProviderId selected,
            ObservationRegistry registry,
            @Nullable AvatarClientObservationConvention convention) {
        this.client = Objects.requireNonNull(client, "client");
        this.selected = Objects.requireNonNull(selected, "selected");
        this.registry = Objects.requireNonNull(registry, "registry");
        this.convention = convention;
    }

    @Override
    public Flux<AvatarJob> watch(AvatarRequest request) {
        return Flux.defer(() -> {
            AvatarClientObservationContext context = rendering(request);
            return observation(context).around(client.watch(request).doOnNext(job -> saw(context, job)));
        });
    }

    @Override
    public Mono<AvatarVideo> render(AvatarRequest request) {
        return Mono.defer(() -> {
            AvatarClientObservationContext context = rendering(request);
            return observation(context).around(client.render(request).doOnNext(video -> got(context, video)));
        });
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        return Mono.defer(() -> {
            AvatarClientObservationContext context =
                    new AvatarClientObservationContext(AvatarClientOperation.SUBMIT, selected, request.driver());
            return observation(context).around(client.submit(request).doOnNext(job -> {
                saw(context, job);
                context.served(job.provider());
            }));
        });
    }

    @Override
    public Flux<AvatarJob> resume(ProviderId provider, JobId jobId) {
        return Flux.defer(() -> {
            AvatarClientObservationContext context =
                    new AvatarClientObservationContext(AvatarClientOperation.RESUME, provider, null);
            context.accepted(jobId);
            return observation(context).around(client.resume(provider, jobId).doOnNext(job -> saw(context, job)));
        });
    }

    @Override
    public Mono<Path> download(AvatarVideo video, Path file) {
        return Mono.defer(() -> {
            AvatarClientObservationContext context =
                    new AvatarClientObservationContext(AvatarClientOperation.DOWNLOAD, video.provider(), null);
            context.accepted(video.jobId());
            return observation(context)
                    .around(client.download(video, file).doOnNext(done -> context.served(video.provider())));
        });
    }

    private AvatarClientObservationContext rendering(AvatarRequest request) {
        return new AvatarClientObservationContext(AvatarClientOperation.RENDER, selected, request.driver());
    }

    private ReactorObservation observation(AvatarClientObservationContext context) {
        return new ReactorObservation(context, registry, convention);
    }

    private static void saw(AvatarClientObservationContext context, AvatarJob job) {
        context.accepted(job.id());
        if (job.video() != null) {
            got(context, job.video());
        }
    }

    private static void got(AvatarClientObservationContext context, AvatarVideo video) {
        context.accepted(video.jobId());
        context.served(video.provider());
        context.attempted(video.attempts());
    }
}
