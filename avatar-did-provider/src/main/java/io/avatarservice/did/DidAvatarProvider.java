package io.avatarservice.did;

import io.avatarservice.did.DidMedia.Prepared;
import io.avatarservice.did.DidWire.Script;
import io.avatarservice.did.DidWire.Submit;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Renders at D-ID, over its REST API ({@code /talks}).
 *
 * <p>Media at addresses that D-ID takes are passed on; all others are checked against its limits and uploaded. A submit is
 * sent once; if its answer is lost, {@link #reconcile} looks for the talk by the request's idempotency key. D-ID cannot
 * stop a talk: {@link #cancel} deletes it once it has ended, in the background.
 *
 * @since 0.1.0
 */
public final class DidAvatarProvider implements AvatarProvider {

    /** The id by which this provider is selected: {@code d-id}. */
    public static final ProviderId ID = ProviderId.of("d-id");

    private static final ProviderCapabilities CAPABILITIES = ProviderCapabilities.builder()
            .uploads(true)
            .urlSchemes("http", "https", "s3")
            .webhooks(true)
            .paid(true)
            .build();

    /** A list shows a hundred talks with all they have. */
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    /** An address this close to its end is asked for anew: a download takes its time. */
    private static final Duration SAFE_LIFETIME = Duration.ofHours(1);

    private final DidApi api;
    private final DidFailures failures;
    private final DidMedia media;
    private final DidJobs jobs;
    private final DidReconciliation reconciliation;
    private final DidCredits credits;
    private final DidCleanup cleanup;
    private final SubmitNotes notes = new SubmitNotes();
    private final Clock clock;
    private final boolean legacyDriverUrl;
    private final boolean deleteAfterDownload;

    private DidAvatarProvider(Builder builder) {
        WebClient http = builder.webClientBuilder
                .clone()
                .baseUrl(builder.baseUrl.toString().replaceFirst("/+$", ""))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
        this.clock = builder.clock;
        this.legacyDriverUrl = builder.legacyDriverUrl;
        this.deleteAfterDownload = builder.deleteAfterDownload;
        this.api = new DidApi(
                http,
                new DidCredentials(builder.apiKey, builder.authEncoding),
                builder.submitTimeout,
                builder.responseTimeout,
                builder.scheduler);
        this.failures = new DidFailures(builder.baseUrl, clock);
        this.media = new DidMedia(api, failures);
        this.jobs = new DidJobs(failures, notes);
        this.reconciliation = new DidReconciliation(api, failures, clock, builder.scheduler);
        this.credits = new DidCredits(api, failures, clock);
        this.cleanup = new DidCleanup(api, failures, builder.scheduler);
    }

    /**
     * Starts a provider.
     *
     * @param apiKey gives the API key as D-ID issued it; asked on each call, so it must not block. Without a text, calls
     *     fail with {@link FailureKind#AUTHENTICATION}
     */
    public static Builder builder(Supplier<? extends @Nullable String> apiKey) {
        return new Builder(apiKey);
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
        return Mono.usingWhen(
                        Mono.fromSupplier(Submission::new),
                        submission -> submit(request, submission).doOnError(seen -> tidy(seen, submission)),
                        Submission::close)
                .onErrorMap(seen -> failures.of(seen, null));
    }

    private Mono<AvatarJob> submit(AvatarRequest request, Submission submission) {
        String lacking = CAPABILITIES.lacks(request);
        if (lacking != null) {
            return Mono.error(() -> AvatarException.builder(FailureKind.UNSUPPORTED, "d-id " + lacking)
                    .provider(ID)
                    .build());
        }
        DidOptions options = DidOptions.of(request, legacyDriverUrl);
        MediaSource recording = Objects.requireNonNull(request.speech(), "only a driving video could take its place");
        return media.prepare(request.portrait(), MediaRole.IMAGE, submission)
                .zipWhen(portrait -> media.prepare(recording, MediaRole.AUDIO, submission))
                .flatMap(media -> send(request, options, media.getT1(), media.getT2(), submission));
    }

    /** Uploads first, because only the last call is one that cannot be repeated. */
    private Mono<AvatarJob> send(
            AvatarRequest request, DidOptions options, Prepared portrait, Prepared speech, Submission submission) {
        return media.address(portrait, MediaRole.IMAGE, submission)
                .zipWhen(image -> media.address(speech, MediaRole.AUDIO, submission))
                .map(addresses -> body(request, options, addresses.getT1(), addresses.getT2()))
                .flatMap(body -> {
                    notes.submitting(request.idempotencyKey(), clock.instant(), submission.uploads());
                    return api.submit(body)
                            .switchIfEmpty(Mono.error(() -> failures.notUnderstood("an empty answer to a submit")))
                            .map(jobs::accepted)
                            .onErrorMap(failures::ofSubmit);
                })
                .doOnNext(job -> notes.accepted(job.id(), options.warnings(), submission.uploads()));
    }

    private static Submit body(AvatarRequest request, DidOptions options, String image, String audio) {
        String key = request.idempotencyKey();
        URI webhook = request.webhook();
        return new Submit(
                image,
                new Script("audio", audio),
                options.config(),
                options.driverUrl(),
                key,
                key,
                // D-ID refuses any other; the job is looked at all the same.
                webhook != null && "https".equalsIgnoreCase(webhook.getScheme()) ? webhook.toString() : null);
    }

    /** Uploads of a submit that may have been accepted are still needed. */
    private void tidy(Throwable seen, Submission submission) {
        if (failures.of(seen, null).kind() != FailureKind.SUBMIT_UNCONFIRMED) {
            cleanup.deleteUploads(submission.uploads());
        }
    }

    @Override
    public Mono<AvatarJob> reconcile(AvatarRequest request) {
        String key = request.idempotencyKey();
        if (key == null) {
            return AvatarProvider.super.reconcile(request);
        }
        return Mono.defer(() -> reconciliation.find(key, notes.submittedAt(key)))
                .flatMap(found -> {
                    JobId id = jobs.id(found);
                    notes.accepted(id, DidOptions.of(request, legacyDriverUrl).warnings(), notes.uploads(key));
                    return find(id).onErrorResume(seen -> Mono.empty()).defaultIfEmpty(jobs.accepted(found));
                });
    }

    @Override
    public Mono<AvatarJob> find(JobId id) {
        return api.find(id.value())
                .map(jobs::toJob)
                .onErrorResume(DidAvatarProvider::isUnknownJob, seen -> Mono.empty())
                .onErrorMap(seen -> failures.of(seen, id));
    }

    /**
     * {@inheritDoc}
     *
     * <p>D-ID goes on with a talk that still renders, and charges it. It is deleted when it has ended, together with the
     * media that were uploaded for it, as long as this process lives.
     */
    @Override
    public Mono<CancelOutcome> cancel(JobId id) {
        return find(id).map(
                        job -> job.status().isTerminal() ? CancelOutcome.ALREADY_FINISHED : CancelOutcome.NOT_SUPPORTED)
                .defaultIfEmpty(CancelOutcome.UNKNOWN_JOB)
                .doOnNext(outcome -> {
                    if (outcome == CancelOutcome.NOT_SUPPORTED) {
                        cleanup.deleteTalk(id, notes.uploads(id));
                    }
                })
                .doOnError(seen -> cleanup.deleteTalk(id, notes.uploads(id)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the video's address has expired, or will within the hour, D-ID is asked for a new one first.
     */
    @Override
    public Flux<ByteBuffer> download(AvatarVideo video) {
        JobId id = video.jobId();
        Flux<ByteBuffer> content = Flux.defer(() -> isSafe(video)
                ? read(video.url()).onErrorResume(DidFailures::isExpiry, seen -> readAnew(id))
                : readAnew(id));
        return VideoCheck.of(content, id)
                .onErrorMap(seen -> failures.ofDownload(seen, id))
                .doOnComplete(() -> {
                    if (deleteAfterDownload) {
                        cleanup.deleteTalk(id, notes.uploads(id));
                    }
                });
    }

    private boolean isSafe(AvatarVideo video) {
        Instant end = video.expiresAt();
        return end != null && clock.instant().isBefore(end.minus(SAFE_LIFETIME));
    }

    private Flux<ByteBuffer> readAnew(JobId id) {
        return find(id).mapNotNull(AvatarJob::video)
                .switchIfEmpty(Mono.error(() -> failures.expired(id)))
                .flatMapMany(fresh -> read(fresh.url()));
    }

    private Flux<ByteBuffer> read(URI url) {
        return api.fetch(url).map(DidAvatarProvider::copyAndRelease);
    }

    @Override
    public Mono<Map<String, Object>> probe() {
        return credits.probe();
    }

    private static boolean isUnknownJob(Throwable seen) {
        return seen instanceof DidResponseException response && response.isUnknown();
    }

    private static ByteBuffer copyAndRelease(DataBuffer buffer) {
        try {
            ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
            buffer.toByteBuffer(copy);
            return copy;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /**
     * Collects what the provider needs.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final Supplier<? extends @Nullable String> apiKey;
        private URI baseUrl = URI.create("https://api.d-id.com");
        private DidAuthEncoding authEncoding = DidAuthEncoding.RAW;
        private boolean legacyDriverUrl;
        private boolean deleteAfterDownload;
        private Duration submitTimeout = Duration.ofSeconds(30);
        private Duration responseTimeout = Duration.ofSeconds(30);
        private WebClient.Builder webClientBuilder = WebClient.builder();
        private Clock clock = Clock.systemUTC();
        private Scheduler scheduler = Schedulers.parallel();

        private Builder(Supplier<? extends @Nullable String> apiKey) {
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        /** Where D-ID listens; {@code https://api.d-id.com} unless set. A path is kept. */
        public Builder baseUrl(URI baseUrl) {
            this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
            return this;
        }

        /** How the key becomes a header; {@link DidAuthEncoding#RAW} unless set. */
        public Builder authEncoding(DidAuthEncoding authEncoding) {
            this.authEncoding = Objects.requireNonNull(authEncoding, "authEncoding");
            return this;
        }

        /**
         * Whether a request's driver that begins with {@code bank://} is sent as {@code driver_url}, which D-ID no longer
         * describes; not unless set.
         */
        public Builder legacyDriverUrl(boolean legacyDriverUrl) {
            this.legacyDriverUrl = legacyDriverUrl;
            return this;
        }

        /**
         * Whether a talk, and what was uploaded for it, is deleted at D-ID after its video was downloaded in full; not
         * unless set. A second download then fails.
         */
        public Builder deleteAfterDownload(boolean deleteAfterDownload) {
            this.deleteAfterDownload = deleteAfterDownload;
            return this;
        }

        /** How long a submit may take, and each upload before it; 30 s unless set. */
        public Builder submitTimeout(Duration submitTimeout) {
            this.submitTimeout = Objects.requireNonNull(submitTimeout, "submitTimeout");
            return this;
        }

        /** How long any other answer, and each pause within a download, may take; 30 s unless set. */
        public Builder responseTimeout(Duration responseTimeout) {
            this.responseTimeout = Objects.requireNonNull(responseTimeout, "responseTimeout");
            return this;
        }

        /** The HTTP client to start from; cloned, never changed. */
        public Builder webClientBuilder(WebClient.Builder webClientBuilder) {
            this.webClientBuilder = Objects.requireNonNull(webClientBuilder, "webClientBuilder");
            return this;
        }

        /** Tells the time against which lifetimes and a {@code Retry-After} date are read. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Measures time limits, and the pauses of reconciliations and deletions. */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
            return this;
        }

        /** The provider. */
        public DidAvatarProvider build() {
            return new DidAvatarProvider(this);
        }
    }
}
