package io.avatarservice.spi.tck;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A provider that keeps to the contract, on a farm in memory. */
class InMemoryAvatarProvider implements AvatarProvider {

    static final ProviderId ID = ProviderId.of("in-memory");
    static final byte[] VIDEO = "ftyp, moov and mdat".getBytes(StandardCharsets.US_ASCII);

    /** Everything there is to be able to do. */
    static final ProviderCapabilities ALL = ProviderCapabilities.builder()
            .uploads(true)
            .drivingVideo(true)
            .cancellation(true)
            .idempotentSubmit(true)
            .webhooks(true)
            .build();

    /** Addresses in, videos out, and nothing else. */
    static final ProviderCapabilities BARE =
            ProviderCapabilities.builder().urlSchemes("https").build();

    private static final int PIECE = 4;

    private final @Nullable InMemoryFarm farm;
    private final ProviderCapabilities capabilities;

    /** A provider on a farm, or on none: then it cannot be reached. */
    InMemoryAvatarProvider(@Nullable InMemoryFarm farm, ProviderCapabilities capabilities) {
        this.farm = farm;
        this.capabilities = capabilities;
    }

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        String lacking = capabilities.lacks(request);
        if (lacking != null) {
            return Mono.error(() -> failure(FailureKind.UNSUPPORTED, lacking));
        }
        String key = capabilities.idempotentSubmit() ? request.idempotencyKey() : null;
        return call(farm -> {
            String id = farm.submit(key);
            if (farm.losesAnswer()) {
                throw failure(
                        key == null ? FailureKind.SUBMIT_UNCONFIRMED : FailureKind.UNAVAILABLE, "the line went dead");
            }
            return AvatarJob.queued(ID, JobId.of(id));
        });
    }

    @Override
    public Mono<AvatarJob> reconcile(AvatarRequest request) {
        return capabilities.idempotentSubmit()
                ? this.<String>call(farm -> farm.jobOf(request.idempotencyKey()))
                        .map(id -> AvatarJob.queued(ID, JobId.of(id)))
                : AvatarProvider.super.reconcile(request);
    }

    @Override
    public Mono<AvatarJob> find(JobId id) {
        return call(farm -> job(id, farm.look(id.value()), farm));
    }

    private static @Nullable AvatarJob job(JobId id, InMemoryFarm.State state, InMemoryFarm farm) {
        return switch (state) {
            case UNKNOWN -> null;
            case RUNNING -> AvatarJob.builder(ID, id, AvatarJobStatus.RUNNING).build();
            case COMPLETED ->
                AvatarJob.builder(ID, id, AvatarJobStatus.COMPLETED)
                        .video(video(id))
                        .build();
            case FAILED ->
                AvatarJob.builder(ID, id, AvatarJobStatus.ERROR)
                        .failure(new JobFailure(farm.failure(), "it did not work", List.of()))
                        .build();
            case CANCELLED ->
                AvatarJob.builder(ID, id, AvatarJobStatus.CANCELLED)
                        .failure(new JobFailure(FailureKind.CANCELLED, "it was cancelled", List.of()))
                        .build();
        };
    }

    static AvatarVideo video(JobId id) {
        return AvatarVideo.builder(ID, id, URI.create("https://farm.example.com/" + id + ".mp4?signature=s1gned"))
                .build();
    }

    @Override
    public Mono<CancelOutcome> cancel(JobId id) {
        if (!capabilities.cancellation()) {
            return Mono.just(CancelOutcome.NOT_SUPPORTED);
        }
        return call(farm -> switch (farm.cancel(id.value())) {
            case CANCELLED -> CancelOutcome.CANCELLED;
            case UNKNOWN -> CancelOutcome.UNKNOWN_JOB;
            case RUNNING, COMPLETED, FAILED -> CancelOutcome.ALREADY_FINISHED;
        });
    }

    @Override
    public Flux<ByteBuffer> download(AvatarVideo video) {
        return this.<Boolean>call(farm -> farm.look(video.jobId().value()) == InMemoryFarm.State.COMPLETED)
                .flatMapMany(there -> there
                        ? Flux.range(0, (VIDEO.length + PIECE - 1) / PIECE)
                                .map(i -> ByteBuffer.wrap(VIDEO, i * PIECE, Math.min(PIECE, VIDEO.length - i * PIECE)))
                        : Flux.error(() -> failure(FailureKind.INVALID_REQUEST, "the video is gone")));
    }

    @Override
    public Mono<Map<String, Object>> probe() {
        return call(farm -> Map.of("jobs", farm.traffic().jobs()));
    }

    private <T> Mono<T> call(Call<T> call) {
        Callable<@Nullable T> onFarm = () -> {
            if (farm == null) {
                throw failure(FailureKind.UNAVAILABLE, "there is no farm");
            }
            farm.call();
            return call.on(farm);
        };
        return Mono.fromCallable(onFarm).subscribeOn(Schedulers.boundedElastic());
    }

    static AvatarException failure(FailureKind kind, String message) {
        return AvatarException.builder(kind, message).provider(ID).build();
    }

    private interface Call<T> {

        @Nullable T on(InMemoryFarm farm);
    }
}
