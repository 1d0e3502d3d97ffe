package io.avatarservice.client;

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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers as the test tells it, and remembers what it was asked and which jobs it has. */
final class ScriptedAvatarProvider implements AvatarProvider {

    static final ProviderId ID = ProviderId.of("scripted");
    static final JobId JOB = JobId.of("job-1");
    static final AvatarVideo VIDEO = video(ID);

    final List<AvatarRequest> submitted = new CopyOnWriteArrayList<>();
    final List<AvatarRequest> reconciled = new CopyOnWriteArrayList<>();
    final List<JobId> found = new CopyOnWriteArrayList<>();
    final List<JobId> cancelled = new CopyOnWriteArrayList<>();
    final List<JobId> accepted = new CopyOnWriteArrayList<>();

    /** What submits and reconciliations get that are not in the script; as a real provider answers unless set. */
    @Nullable Mono<AvatarJob> submit;

    @Nullable Mono<AvatarJob> reconcile;

    Mono<CancelOutcome> cancel = Mono.just(CancelOutcome.CANCELLED);
    Flux<ByteBuffer> download = Flux.empty();

    private final ProviderId id;
    private final ProviderCapabilities capabilities;
    private final Queue<Function<AvatarRequest, Mono<AvatarJob>>> submits = new ArrayDeque<>();
    private final Queue<Mono<AvatarJob>> finds = new ArrayDeque<>();
    private final Map<String, AvatarJob> jobs = new ConcurrentHashMap<>();

    ScriptedAvatarProvider() {
        this(
                ID.value(),
                ProviderCapabilities.builder().uploads(true).cancellation(true).build());
    }

    ScriptedAvatarProvider(String id, ProviderCapabilities capabilities) {
        this.id = ProviderId.of(id);
        this.capabilities = capabilities;
    }

    /** A provider like our own server: a key makes a submit repeatable. */
    static ScriptedAvatarProvider ofOurs(String id) {
        return new ScriptedAvatarProvider(
                id,
                ProviderCapabilities.builder()
                        .uploads(true)
                        .cancellation(true)
                        .idempotentSubmit(true)
                        .build());
    }

    /** A provider like D-ID: each submit may be charged, and only its list of jobs tells whether it came through. */
    static ScriptedAvatarProvider ofPaid(String id) {
        return new ScriptedAvatarProvider(
                id, ProviderCapabilities.builder().uploads(true).paid(true).build());
    }

    static AvatarVideo video(ProviderId provider) {
        return AvatarVideo.builder(provider, JOB, URI.create("http://localhost/media/job-1.mp4"))
                .build();
    }

    static AvatarJob queued() {
        return AvatarJob.queued(ID, JOB);
    }

    static AvatarJob running(double progress) {
        return running(ID, JOB, progress);
    }

    static AvatarJob completed() {
        return completed(VIDEO);
    }

    static AvatarJob completed(AvatarVideo video) {
        return AvatarJob.builder(video.provider(), video.jobId(), AvatarJobStatus.COMPLETED)
                .progress(1)
                .video(video)
                .build();
    }

    static AvatarJob failed(AvatarJobStatus status, FailureKind kind, String message) {
        return failed(ID, status, kind, message);
    }

    static AvatarJob failed(ProviderId provider, AvatarJobStatus status, FailureKind kind, String message) {
        return AvatarJob.builder(provider, JOB, status)
                .failure(new JobFailure(kind, message, List.of()))
                .build();
    }

    /** The job as the provider gave it: without what the client adds about who was asked. */
    static AvatarJob withoutAttempts(AvatarJob job) {
        AvatarVideo video = job.video();
        return video == null ? job : completed(withoutAttempts(video));
    }

    static AvatarVideo withoutAttempts(AvatarVideo video) {
        return video.toBuilder().attempts(List.of()).build();
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

    /** The next look at the job sees its video. */
    ScriptedAvatarProvider thenCompletes() {
        return thenFinds(completed(video(id)));
    }

    /** The next submit fails, and no job comes of it. */
    ScriptedAvatarProvider thenRefuses(FailureKind kind) {
        return thenSubmits(Mono.error(failure(kind)));
    }

    /** The next submit gets this answer. */
    ScriptedAvatarProvider thenSubmits(Mono<AvatarJob> answer) {
        submits.add(request -> answer);
        return this;
    }

    /** The next submit is accepted, and fails for the client. */
    ScriptedAvatarProvider thenLosesTheAnswer(FailureKind kind) {
        submits.add(request -> accept(request).then(Mono.error(failure(kind))));
        return this;
    }

    AvatarException failure(FailureKind kind) {
        return AvatarException.builder(kind, "scripted " + kind).provider(id).build();
    }

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Mono<AvatarJob> submit(AvatarRequest request) {
        return Mono.defer(() -> {
            submitted.add(request);
            Function<AvatarRequest, Mono<AvatarJob>> next = submits.poll();
            if (next != null) {
                return next.apply(request);
            }
            return submit != null ? submit : accept(request);
        });
    }

    @Override
    public Mono<AvatarJob> reconcile(AvatarRequest request) {
        return Mono.defer(() -> {
            reconciled.add(request);
            return reconcile != null ? reconcile : Mono.justOrEmpty(jobs.get(key(request)));
        });
    }

    /** Once the script is at its end, the job stays as it is. */
    @Override
    public Mono<AvatarJob> find(JobId job) {
        return Mono.defer(() -> {
            found.add(job);
            Mono<AvatarJob> next = finds.poll();
            return next == null ? Mono.just(running(id, job, 0.5)) : next;
        });
    }

    @Override
    public Mono<CancelOutcome> cancel(JobId job) {
        return Mono.defer(() -> {
            cancelled.add(job);
            return cancel;
        });
    }

    @Override
    public Flux<ByteBuffer> download(AvatarVideo video) {
        return download;
    }

    private Mono<AvatarJob> accept(AvatarRequest request) {
        return Mono.fromSupplier(() -> jobs.compute(
                key(request), (key, known) -> known != null && capabilities.idempotentSubmit() ? known : create()));
    }

    private AvatarJob create() {
        AvatarJob job = AvatarJob.queued(id, JobId.of("job-" + (accepted.size() + 1)));
        accepted.add(job.id());
        return job;
    }

    private static AvatarJob running(ProviderId provider, JobId job, double progress) {
        return AvatarJob.builder(provider, job, AvatarJobStatus.RUNNING)
                .progress(progress)
                .build();
    }

    private static String key(AvatarRequest request) {
        return Objects.requireNonNull(request.idempotencyKey(), "the client gives every request a key");
    }
}
