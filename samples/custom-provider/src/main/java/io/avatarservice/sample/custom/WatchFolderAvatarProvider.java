package io.avatarservice.sample.custom;

import io.avatarservice.sample.custom.WatchFolder.State;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Renders on a farm that takes jobs from a shared folder; {@link WatchFolder} says how. A job's id is made from its
 * idempotency key, so that a repeated submit meets the first one's folder.
 */
public final class WatchFolderAvatarProvider implements AvatarProvider {

    /** The id by which this provider is selected: {@code watch-folder}. */
    public static final ProviderId ID = ProviderId.of("watch-folder");

    private static final Logger log = LoggerFactory.getLogger(WatchFolderAvatarProvider.class);

    private static final ProviderCapabilities CAPABILITIES = ProviderCapabilities.builder()
            .uploads(true)
            .urlSchemes()
            .drivingVideo(true)
            .cancellation(true)
            .idempotentSubmit(true)
            .build();

    private static final int PIECE_BYTES = 64 * 1024;

    private final WatchFolder folder;
    private final Duration timeout;
    private final Scheduler files;

    /**
     * A provider.
     *
     * @param folder shared with the farm, which has made {@code inbox} and {@code outbox} in it
     * @param timeout of one call, copying the media included
     */
    public WatchFolderAvatarProvider(Path folder, Duration timeout) {
        this(folder, timeout, Schedulers.boundedElastic());
    }

    WatchFolderAvatarProvider(Path folder, Duration timeout, Scheduler files) {
        this.folder = new WatchFolder(folder);
        this.timeout = timeout;
        this.files = files;
    }

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        String lacking = CAPABILITIES.lacks(request);
        if (lacking != null) {
            return Mono.error(() -> failure(FailureKind.UNSUPPORTED, "a watch folder " + lacking, null, null));
        }
        return Mono.defer(() -> {
                    JobId id = idOf(request.idempotencyKey());
                    return call(id, () -> {
                        folder.submit(id, request);
                        return job(id, folder.state(id));
                    });
                })
                .onErrorMap(
                        AvatarException.class,
                        seen -> seen.kind() == FailureKind.TIMEOUT && request.idempotencyKey() == null
                                ? failure(FailureKind.SUBMIT_UNCONFIRMED, seen.reason(), seen.jobId(), seen)
                                : seen);
    }

    /** The folder is all there is to know: no job in it means no job. */
    @Override
    public Mono<AvatarJob> reconcile(AvatarRequest request) {
        String key = request.idempotencyKey();
        return key == null ? AvatarProvider.super.reconcile(request) : find(idOf(key));
    }

    @Override
    public Mono<AvatarJob> find(JobId id) {
        return call(id, () -> job(id, folder.state(id)));
    }

    @Override
    public Mono<CancelOutcome> cancel(JobId id) {
        return call(id, () -> switch (folder.cancel(id)) {
            case UNKNOWN -> CancelOutcome.UNKNOWN_JOB;
            case COMPLETED, FAILED -> CancelOutcome.ALREADY_FINISHED;
            case CANCELLED -> CancelOutcome.CANCELLED;
            // The farm does not look back once it has begun.
            case WAITING, RUNNING -> CancelOutcome.NOT_SUPPORTED;
        });
    }

    @Override
    public Flux<ByteBuffer> download(AvatarVideo video) {
        return Flux.<ByteBuffer, FileChannel>generate(
                        () -> open(video.jobId()),
                        (file, pieces) -> {
                            try {
                                ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
                                if (file.read(piece) < 0) {
                                    pieces.complete();
                                } else {
                                    pieces.next(piece.flip());
                                }
                            } catch (IOException e) {
                                pieces.error(e);
                            }
                            return file;
                        },
                        WatchFolderAvatarProvider::close)
                .subscribeOn(files)
                .timeout(timeout)
                .onErrorMap(seen -> meaning(seen, video.jobId()));
    }

    private FileChannel open(JobId id) throws IOException {
        if (folder.state(id) != State.COMPLETED) {
            throw failure(FailureKind.INVALID_REQUEST, "the video is not in the outbox anymore", id, null);
        }
        return FileChannel.open(folder.video(id));
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            log.debug("A video could not be closed: {}", e.getMessage());
        }
    }

    private @Nullable AvatarJob job(JobId id, State state) throws IOException {
        return switch (state) {
            case UNKNOWN -> null;
            case WAITING -> AvatarJob.queued(ID, id);
            case RUNNING -> AvatarJob.builder(ID, id, AvatarJobStatus.RUNNING).build();
            case COMPLETED ->
                AvatarJob.builder(ID, id, AvatarJobStatus.COMPLETED)
                        .progress(1)
                        .video(AvatarVideo.builder(ID, id, folder.video(id).toUri())
                                .sizeBytes(Files.size(folder.video(id)))
                                .build())
                        .build();
            case FAILED ->
                AvatarJob.builder(ID, id, AvatarJobStatus.ERROR)
                        .failure(failure(folder.error(id, new Properties())))
                        .build();
            case CANCELLED ->
                AvatarJob.builder(ID, id, AvatarJobStatus.CANCELLED)
                        .failure(new JobFailure(FailureKind.CANCELLED, "the job was taken back", List.of()))
                        .build();
        };
    }

    /** The farm's words. A kind that it has and we do not is a failed render. */
    private static JobFailure failure(Properties error) {
        FailureKind kind = switch (error.getProperty("kind", "")) {
            case "no-face" -> FailureKind.FACE_NOT_FOUND;
            case "bad-media" -> FailureKind.INVALID_REQUEST;
            default -> FailureKind.RENDER_FAILED;
        };
        return new JobFailure(kind, error.getProperty("message", "the farm gave no reason"), List.of());
    }

    private static JobId idOf(@Nullable String key) {
        UUID id = key == null ? UUID.randomUUID() : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.US_ASCII));
        return JobId.of(id.toString());
    }

    /** Files block, so the work goes to threads that may wait; a share that hangs ends the call, not the thread. */
    private <T> Mono<T> call(JobId id, Callable<? extends @Nullable T> work) {
        return Mono.<T>fromCallable(work).subscribeOn(files).timeout(timeout).onErrorMap(seen -> meaning(seen, id));
    }

    /** The one place that says what a failure means. */
    private static AvatarException meaning(Throwable seen, JobId id) {
        if (seen instanceof AvatarException known) {
            return known;
        }
        if (seen instanceof TimeoutException) {
            return failure(FailureKind.TIMEOUT, "the watch folder did not answer in time", id, seen);
        }
        return failure(FailureKind.UNAVAILABLE, "the watch folder cannot be used: " + seen, id, seen);
    }

    private static AvatarException failure(
            FailureKind kind, String message, @Nullable JobId id, @Nullable Throwable cause) {
        return AvatarException.builder(kind, message)
                .provider(ID)
                .jobId(id)
                .cause(cause)
                .build();
    }
}
