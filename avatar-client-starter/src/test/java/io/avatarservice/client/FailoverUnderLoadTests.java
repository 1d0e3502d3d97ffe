package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Many renders at once on real threads, while one call in five fails in one way or another. */
class FailoverUnderLoadTests {

    private static final int RENDERS = 1_000;
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final FaultyProvider ours = new FaultyProvider(
            "sadtalker",
            ProviderCapabilities.builder()
                    .uploads(true)
                    .cancellation(true)
                    .idempotentSubmit(true)
                    .build(),
            1);
    private final FaultyProvider paid = new FaultyProvider(
            "d-id", ProviderCapabilities.builder().uploads(true).paid(true).build(), 2);

    @Test
    void everyRenderEndsAndNoneIsChargedTwice() {
        AvatarClient client = client(ours, paid);
        AtomicInteger videos = new AtomicInteger();

        StepVerifier.create(Flux.range(0, RENDERS)
                        .flatMap(
                                render -> client.render(keyed(render))
                                        .doOnNext(video -> videos.incrementAndGet())
                                        .map(video -> true)
                                        .onErrorResume(AvatarException.class, failure -> Mono.just(false)),
                                RENDERS)
                        .count())
                .expectNext((long) RENDERS)
                .expectComplete()
                .verify(Duration.ofMinutes(1));

        assertThat(videos).hasValueGreaterThan(RENDERS * 9 / 10);
        assertThat(ours.acceptedByKey.values())
                .allSatisfy(accepted -> assertThat(accepted).hasValue(1));
        assertThat(paid.acceptedByKey.values())
                .allSatisfy(accepted -> assertThat(accepted).hasValue(1));
    }

    @Test
    void nothingIsChargedTwiceWhereThePaidServiceIsAskedFirst() {
        AvatarClient client = client(paid, ours);

        StepVerifier.create(Flux.range(0, RENDERS)
                        .flatMap(render -> client.render(keyed(render)).onErrorComplete(), RENDERS)
                        .then())
                .expectComplete()
                .verify(Duration.ofMinutes(1));

        assertThat(paid.acceptedByKey).hasSizeGreaterThan(RENDERS / 10);
        assertThat(paid.acceptedByKey.values())
                .allSatisfy(accepted -> assertThat(accepted).hasValue(1));
    }

    private static AvatarClient client(FaultyProvider first, FaultyProvider second) {
        return AvatarClient.builder(first)
                .fallbacks(List.of(second))
                .pollInterval(Duration.ofMillis(1), Duration.ofMillis(4))
                .maxPollFailures(10)
                .retries(4, Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(5))
                .circuitBreakers(CircuitBreakerRegistry.of(Map.of(
                        "avatar",
                        CircuitBreakerConfig.custom()
                                .waitDurationInOpenState(Duration.ofMillis(20))
                                .build())))
                .build();
    }

    private static AvatarRequest keyed(int render) {
        return REQUEST.toBuilder().idempotencyKey("render-" + render).build();
    }

    /** Fails one call in five: half of them before anything happened, half of the submits after they were accepted. */
    private static final class FaultyProvider implements AvatarProvider {

        final Map<String, AtomicInteger> acceptedByKey = new ConcurrentHashMap<>();

        private final ProviderId id;
        private final ProviderCapabilities capabilities;
        private final Random random;
        private final Map<JobId, AtomicInteger> looks = new ConcurrentHashMap<>();

        FaultyProvider(String id, ProviderCapabilities capabilities, long seed) {
            this.id = ProviderId.of(id);
            this.capabilities = capabilities;
            this.random = new Random(seed);
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
            return slowly(() -> switch (random.nextInt(10)) {
                case 0 -> Mono.error(failure(FailureKind.UNAVAILABLE));
                case 1 ->
                    Mono.defer(() -> {
                        accept(request);
                        return Mono.error(failure(
                                capabilities.idempotentSubmit()
                                        ? FailureKind.TIMEOUT
                                        : FailureKind.SUBMIT_UNCONFIRMED));
                    });
                default -> Mono.fromSupplier(() -> accept(request));
            });
        }

        @Override
        public Mono<AvatarJob> reconcile(AvatarRequest request) {
            String key = key(request);
            return slowly(() ->
                    acceptedByKey.containsKey(key) ? Mono.just(AvatarJob.queued(id, JobId.of(key))) : Mono.empty());
        }

        @Override
        public Mono<AvatarJob> find(JobId job) {
            return slowly(() -> {
                if (random.nextInt(5) == 0) {
                    return Mono.error(failure(FailureKind.UNAVAILABLE));
                }
                int look =
                        looks.computeIfAbsent(job, any -> new AtomicInteger()).incrementAndGet();
                return Mono.just(
                        look < 3
                                ? AvatarJob.queued(id, job)
                                : ScriptedAvatarProvider.completed(
                                        AvatarVideo.builder(id, job, URI.create("http://localhost/" + job))
                                                .build()));
            });
        }

        @Override
        public Mono<CancelOutcome> cancel(JobId job) {
            return slowly(() -> Mono.just(CancelOutcome.CANCELLED));
        }

        @Override
        public Flux<ByteBuffer> download(AvatarVideo video) {
            return Flux.empty();
        }

        private AvatarJob accept(AvatarRequest request) {
            String key = key(request);
            AtomicInteger accepted = acceptedByKey.computeIfAbsent(key, any -> new AtomicInteger());
            if (!capabilities.idempotentSubmit() || accepted.get() == 0) {
                accepted.incrementAndGet();
            }
            return AvatarJob.queued(id, JobId.of(key));
        }

        private AvatarException failure(FailureKind kind) {
            return AvatarException.builder(kind, "injected " + kind)
                    .provider(id)
                    .build();
        }

        private static <T> Mono<T> slowly(Supplier<Mono<T>> answer) {
            return Mono.delay(Duration.ofMillis(2), Schedulers.parallel()).flatMap(passed -> answer.get());
        }

        private static String key(AvatarRequest request) {
            return Objects.requireNonNull(request.idempotencyKey());
        }
    }
}
