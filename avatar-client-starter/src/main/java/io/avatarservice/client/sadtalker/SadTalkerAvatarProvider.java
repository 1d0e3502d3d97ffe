package io.avatarservice.client.sadtalker;

import io.avatarservice.client.sadtalker.SadTalkerWire.Drivers;
import io.avatarservice.client.sadtalker.SadTalkerWire.Submit;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Renders on an Avatar Service server of one's own.
 *
 * @since 0.1.0
 */
public final class SadTalkerAvatarProvider implements AvatarProvider {

    /** The id by which this provider is selected: {@code sadtalker}. */
    public static final ProviderId ID = ProviderId.of("sadtalker");

    private final ProviderCapabilities capabilities;
    private final SadTalkerApi api;
    private final SadTalkerSubmits submits;
    private final SadTalkerJobs jobs;
    private final SadTalkerFailures failures;

    private SadTalkerAvatarProvider(Builder builder) {
        WebClient http = builder.webClientBuilder
                .clone()
                .baseUrl(builder.baseUrl.toString().replaceFirst("/+$", ""))
                .build();
        this.api =
                new SadTalkerApi(http, builder.baseUrl, builder.apiKey, builder.submitTimeout, builder.responseTimeout);
        this.capabilities = ProviderCapabilities.builder()
                .uploads(true)
                .drivingVideo(true)
                .cancellation(true)
                .idempotentSubmit(true)
                .webhooks(builder.webhooks)
                .build();
        this.submits = new SadTalkerSubmits(builder.webhooks);
        this.failures = new SadTalkerFailures(builder.baseUrl, builder.clock);
        this.jobs = new SadTalkerJobs(builder.baseUrl, failures);
    }

    /**
     * Starts a provider.
     *
     * @param baseUrl of the server, http or https; a path in front of {@code /v1} is kept
     */
    public static Builder builder(URI baseUrl) {
        return new Builder(baseUrl);
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
            return Mono.error(() -> AvatarException.builder(FailureKind.UNSUPPORTED, "the server " + lacking)
                    .provider(ID)
                    .build());
        }
        String key = request.idempotencyKey();
        return Mono.defer(() -> {
                    Submit json = submits.json(request);
                    return json != null ? api.submit(json, key) : api.submit(submits.parts(request), key);
                })
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the answer to the submit was empty")))
                .map(jobs::toJob)
                .onErrorMap(seen -> failures.ofSubmit(seen, key != null));
    }

    @Override
    public Mono<AvatarJob> find(JobId id) {
        return api.find(id.value())
                .map(jobs::toJob)
                .onErrorResume(SadTalkerAvatarProvider::isUnknownJob, seen -> Mono.empty())
                .onErrorMap(seen -> failures.of(seen, id));
    }

    @Override
    public Mono<CancelOutcome> cancel(JobId id) {
        return api.cancel(id.value())
                .map(jobs::toJob)
                .map(job -> job.status().isTerminal() && job.status() != AvatarJobStatus.CANCELLED
                        ? CancelOutcome.ALREADY_FINISHED
                        : CancelOutcome.CANCELLED)
                .defaultIfEmpty(CancelOutcome.CANCELLED)
                .onErrorResume(SadTalkerAvatarProvider::isUnknownJob, seen -> Mono.just(CancelOutcome.UNKNOWN_JOB))
                .onErrorResume(SadTalkerAvatarProvider::isConflict, seen -> Mono.just(CancelOutcome.ALREADY_FINISHED))
                .onErrorMap(seen -> failures.of(seen, id));
    }

    @Override
    public Flux<ByteBuffer> download(AvatarVideo video) {
        return api.download(video.url())
                .map(SadTalkerAvatarProvider::copyAndRelease)
                .onErrorMap(seen -> failures.ofDownload(seen, video.jobId()));
    }

    /**
     * Asks whether the server is up and with which drivers.
     *
     * @return {@code drivers.ready} and {@code drivers.unready}, lists of names; empty where the server does not tell
     */
    @Override
    public Mono<Map<String, Object>> probe() {
        return api.health()
                .filter(health -> Boolean.TRUE.equals(health.ok()))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the server did not say that it is well")))
                .then(api.drivers().onErrorReturn(Drivers.NONE))
                .map(SadTalkerAvatarProvider::facts)
                .onErrorMap(seen -> failures.of(seen, null));
    }

    private static Map<String, Object> facts(Drivers wire) {
        if (wire.drivers() == null) {
            return Map.of();
        }
        Map<Boolean, List<String>> byReadiness = wire.drivers().stream()
                .filter(Objects::nonNull)
                .filter(driver -> driver.name() != null)
                .collect(Collectors.partitioningBy(
                        driver -> Boolean.TRUE.equals(driver.ready()),
                        Collectors.mapping(driver -> String.valueOf(driver.name()), Collectors.toList())));
        return Map.of(
                "drivers.ready", byReadiness.getOrDefault(true, List.of()),
                "drivers.unready", byReadiness.getOrDefault(false, List.of()));
    }

    /** A 404 of the server, and not of whatever else may listen at a mistaken address. */
    private static boolean isUnknownJob(Throwable seen) {
        return seen instanceof SadTalkerResponseException response
                && response.status() == 404
                && "NOT_FOUND".equals(response.problem().code());
    }

    private static boolean isConflict(Throwable seen) {
        return seen instanceof SadTalkerResponseException response && response.status() == 409;
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

        private final URI baseUrl;
        private Supplier<? extends @Nullable String> apiKey = () -> null;
        private WebClient.Builder webClientBuilder = WebClient.builder();
        private Duration submitTimeout = Duration.ofMinutes(2);
        private Duration responseTimeout = Duration.ofSeconds(30);
        private Clock clock = Clock.systemUTC();
        private boolean webhooks;

        private Builder(URI baseUrl) {
            this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
        }

        /** Gives the API key, asked on each call; without a text no {@code Authorization} is sent. */
        public Builder apiKey(Supplier<? extends @Nullable String> apiKey) {
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
            return this;
        }

        /** The HTTP client to start from; cloned, never changed. */
        public Builder webClientBuilder(WebClient.Builder webClientBuilder) {
            this.webClientBuilder = Objects.requireNonNull(webClientBuilder, "webClientBuilder");
            return this;
        }

        /** How long a submit may take, uploads included. */
        public Builder submitTimeout(Duration submitTimeout) {
            this.submitTimeout = Objects.requireNonNull(submitTimeout, "submitTimeout");
            return this;
        }

        /** How long any other answer, and each pause within a download, may take. */
        public Builder responseTimeout(Duration responseTimeout) {
            this.responseTimeout = Objects.requireNonNull(responseTimeout, "responseTimeout");
            return this;
        }

        /** Tells the time against which a {@code Retry-After} date is read. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Whether the server is told where to call when a job has ended; not unless set, because a server without a
         * secret to sign its calls with refuses a submit that asks for one.
         */
        public Builder webhooks(boolean webhooks) {
            this.webhooks = webhooks;
            return this;
        }

        /** The provider. */
        public SadTalkerAvatarProvider build() {
            return new SadTalkerAvatarProvider(this);
        }
    }
}
