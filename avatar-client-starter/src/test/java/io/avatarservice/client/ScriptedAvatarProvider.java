package io.avatarservice.client;

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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers as the test tells it, and remembers what it was asked. */
final class ScriptedAvatarProvider implements AvatarProvider {

    static final ProviderId ID = ProviderId.of("scripted");
    static final JobId JOB = JobId.of("job-1");
    static final AvatarVideo VIDEO = AvatarVideo.builder(ID, JOB, URI.create("http://localhost/media/job-1.mp4"))
            .build();

    final List<AvatarRequest> submitted = new CopyOnWriteArrayList<>();
    final List<JobId> found = new CopyOnWriteArrayList<>();
    final List<JobId> cancelled = new CopyOnWriteArrayList<>();

    Mono<AvatarJob> submit = Mono.just(queued());
    Mono<CancelOutcome> cancel = Mono.just(CancelOutcome.CANCELLED);
    Flux<ByteBuffer> download = Flux.empty();
    private final Queue<Mono<AvatarJob>> finds = new ArrayDeque<>();

    static AvatarJob queued() {
        return AvatarJob.queued(ID, JOB);
    }

    static AvatarJob running(double progress) {
        return AvatarJob.builder(ID, JOB, AvatarJobStatus.RUNNING)
                .progress(progress)
                .build();
    }

    static AvatarJob completed() {
        return AvatarJob.builder(ID, JOB, AvatarJobStatus.COMPLETED)
                .progress(1)
                .video(VIDEO)
                .build();
    }

    static AvatarJob failed(AvatarJobStatus status, FailureKind kind, String message) {
        return AvatarJob.builder(ID, JOB, status)
                .failure(new JobFailure(kind, message, List.of()))
                .build();
    }

    /** The next looks at the job see these, in turn. */
    ScriptedAvatarProvider thenFinds(AvatarJob... jobs) {
        for (AvatarJob job : jobs) {
            finds.add(Mono.just(job));
        }
        return this;
    }

    /** The next look at the job gets this answer. */
    ScriptedAvatarProvider thenAnswers(Mono<AvatarJob> answer) {
        finds.add(answer);
        return this;
    }

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return ProviderCapabilities.builder().cancellation(true).build();
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        return Mono.defer(() -> {
            submitted.add(request);
            return submit;
        });
    }

    /** Once the script is at its end, the job stays as it is. */
    @Override
    public Mono<AvatarJob> find(JobId id) {
        return Mono.defer(() -> {
            found.add(id);
            Mono<AvatarJob> next = finds.poll();
            return next == null ? Mono.just(running(0.5)) : next;
        });
    }

    @Override
    public Mono<CancelOutcome> cancel(JobId id) {
        return Mono.defer(() -> {
            cancelled.add(id);
            return cancel;
        });
    }

    @Override
    public Flux<ByteBuffer> download(AvatarVideo video) {
        return download;
    }
}
