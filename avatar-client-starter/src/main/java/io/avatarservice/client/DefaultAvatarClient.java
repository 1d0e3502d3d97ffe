package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client as it is: one provider renders, all known ones deliver. */
final class DefaultAvatarClient implements AvatarClient {

    private final AvatarProvider provider;
    private final Map<ProviderId, AvatarProvider> providers;
    private final Polling polling;

    DefaultAvatarClient(AvatarProvider provider, Map<ProviderId, AvatarProvider> providers, Polling polling) {
        this.provider = provider;
        this.providers = providers;
        this.polling = polling;
    }

    @Override
    public Flux<AvatarJob> watch(AvatarRequest request) {
        return Flux.defer(() -> new JobWatch(provider, provider.submit(keyed(request)), polling).snapshots());
    }

    @Override
    public Mono<AvatarVideo> render(AvatarRequest request) {
        return watch(request).last().mapNotNull(AvatarJob::video);
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        return Mono.defer(() -> provider.submit(keyed(request)));
    }

    @Override
    public Flux<AvatarJob> resume(ProviderId provider, JobId jobId) {
        AvatarProvider owner = providers.get(provider);
        if (owner == null) {
            String message = "the job is at '" + provider + "', which this client does not know";
            return Flux.error(() -> AvatarException.builder(FailureKind.UNSUPPORTED, message)
                    .jobId(jobId)
                    .build());
        }
        return Flux.defer(() -> new JobWatch(owner, owner.find(jobId), polling).snapshots());
    }

    @Override
    public Mono<Path> download(AvatarVideo video, Path file) {
        AvatarProvider source = providers.get(video.provider());
        if (source == null) {
            String message = "the video was rendered by '" + video.provider() + "', which this client does not know";
            return Mono.error(() -> AvatarException.builder(FailureKind.UNSUPPORTED, message)
                    .jobId(video.jobId())
                    .build());
        }
        return new VideoDownload(source, video, file).run();
    }

    /** With a key of its own, a submit whose answer got lost can be repeated without rendering twice. */
    private static AvatarRequest keyed(AvatarRequest request) {
        return request.idempotencyKey() != null
                ? request
                : request.toBuilder()
                        .idempotencyKey(UUID.randomUUID().toString())
                        .build();
    }
}
