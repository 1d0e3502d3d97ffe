package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The client as it is: the candidates render in turn, all known providers deliver. */
final class DefaultAvatarClient implements AvatarClient {

    private final Map<ProviderId, ProviderPipeline> pipelines;
    private final RenderSettings settings;
    private final IdempotencyKeys keys = new IdempotencyKeys();
    // Asked for by whoever builds the client: of several threads that are the first to ask at once each makes one, and
    // all but one then wait for a lock to dispose of theirs. Event loops must not wait.
    private final Scheduler disk = Schedulers.boundedElastic();

    DefaultAvatarClient(Map<ProviderId, ProviderPipeline> pipelines, RenderSettings settings) {
        this.pipelines = Map.copyOf(pipelines);
        this.settings = settings;
    }

    @Override
    public Flux<AvatarJob> watch(AvatarRequest request) {
        return Flux.defer(() -> new Render(keyed(request), settings).watch());
    }

    @Override
    public Mono<AvatarVideo> render(AvatarRequest request) {
        return watch(request).last().mapNotNull(AvatarJob::video);
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        return Mono.defer(() -> new Render(keyed(request), settings).accept());
    }

    @Override
    public Flux<AvatarJob> resume(ProviderId provider, JobId jobId) {
        ProviderPipeline owner = pipelines.get(provider);
        if (owner == null) {
            return Flux.error(() -> unknown("the job is at", provider, jobId));
        }
        return Flux.defer(() -> follow(owner, jobId));
    }

    @Override
    public Mono<Path> download(AvatarVideo video, Path file) {
        ProviderPipeline source = pipelines.get(video.provider());
        if (source == null) {
            return Mono.error(() -> unknown("the video was rendered by", video.provider(), video.jobId()));
        }
        return new VideoDownload(source, video, file, disk).run();
    }

    private Flux<AvatarJob> follow(ProviderPipeline owner, JobId jobId) {
        Scheduler scheduler = settings.polling().scheduler();
        long begun = scheduler.now(TimeUnit.MILLISECONDS);
        Attempts attempts = new Attempts();
        TimeLimit limit = TimeLimit.of(settings.polling().deadline());
        return JobWatch.ofJob(owner, jobId, settings.polling(), limit)
                .snapshots()
                .map(job -> attempts.tell(job, since(begun, scheduler)))
                .onErrorMap(AvatarException.class, failure -> {
                    attempts.add(owner.id(), failure, since(begun, scheduler));
                    return attempts.conclude();
                });
    }

    private static Duration since(long begun, Scheduler scheduler) {
        return Duration.ofMillis(scheduler.now(TimeUnit.MILLISECONDS) - begun);
    }

    private static AvatarException unknown(String what, ProviderId provider, @Nullable JobId job) {
        String message = what + " '" + provider + "', which this client does not know";
        return AvatarException.builder(FailureKind.UNSUPPORTED, message)
                .jobId(job)
                .build();
    }

    /** With a key of its own, a submit whose answer got lost can be repeated without rendering twice. */
    private AvatarRequest keyed(AvatarRequest request) {
        return request.idempotencyKey() != null
                ? request
                : request.toBuilder().idempotencyKey(keys.next()).build();
    }
}
