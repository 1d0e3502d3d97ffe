package io.avatarservice.client.observation;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers as the test tells it. By default the second provider renders, because the first is down. */
final class ScriptedAvatarClient implements AvatarClient {

    static final ProviderId SELECTED = ProviderId.of("sadtalker");
    static final ProviderId FALLBACK = ProviderId.of("d-id");
    static final JobId JOB = JobId.of("job-1");
    static final AvatarRequest REQUEST = AvatarRequest.builder(
                    MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}))
            .driver("preview")
            .build();
    static final AvatarVideo VIDEO = AvatarVideo.builder(FALLBACK, JOB, URI.create("http://localhost/v.mp4"))
            .attempts(List.of(
                    AvatarAttempt.skipped(SELECTED, FailureKind.UNAVAILABLE, "its breaker is open"),
                    AvatarAttempt.succeeded(FALLBACK, JOB, Duration.ofSeconds(9))))
            .build();

    Flux<AvatarJob> watch = Flux.just(
            AvatarJob.queued(FALLBACK, JOB),
            AvatarJob.builder(FALLBACK, JOB, AvatarJobStatus.COMPLETED)
                    .progress(1)
                    .video(VIDEO)
                    .build());
    Mono<AvatarVideo> render = Mono.just(VIDEO);
    Mono<Path> download = Mono.just(Path.of("v.mp4"));

    @Override
    public Flux<AvatarJob> watch(AvatarRequest request) {
        return watch;
    }

    @Override
    public Mono<AvatarVideo> render(AvatarRequest request) {
        return render;
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        return watch.next();
    }

    @Override
    public Flux<AvatarJob> resume(ProviderId provider, JobId jobId) {
        return watch;
    }

    @Override
    public Mono<Path> download(AvatarVideo video, Path file) {
        return download;
    }
}
