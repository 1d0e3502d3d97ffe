package io.avatarservice.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.fake.FakeAvatarServer;
import io.avatarservice.client.fake.FakeJob;
import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.did.DidAvatarProvider;
import io.avatarservice.did.fake.FakeDid;
import io.avatarservice.did.fake.FakeTalk;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.tck.ContractMedia;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A thousand renders at once, from submit to downloaded file, while every fifth call goes wrong in one way or another. The
 * same is done twice before anything is judged, so that the heap has something to be compared with.
 */
@Tag("load")
@TestInstance(Lifecycle.PER_CLASS)
class ManyRendersIT {

    private static final int RENDERS = 1_000;
    private static final double FAULTY = 0.2;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** If every render left 8 KiB behind, it would be twice as much. */
    private static final long HEAP_GROWTH = 4L * 1024 * 1024;

    private final FakeAvatarServer server = new FakeAvatarServer();
    private final FakeDid did = new FakeDid();
    private final List<RenderEnd> ends = new ArrayList<>();
    private final List<FakeJob> jobs = new ArrayList<>();
    private final List<FakeTalk> talks = new ArrayList<>();
    private final MediaSource portrait = MediaSource.bytes(ContractMedia.portrait());
    private final MediaSource speech = MediaSource.bytes(ContractMedia.speech());
    private List<String> blockingCalls = List.of();
    private long heapGrowth;

    @BeforeAll
    void renderTwice(@TempDir Path directory) {
        BlockingCalls blocking = BlockingCalls.watch();
        server.start();
        did.start();
        AvatarClient avatars = client();
        round(avatars, directory, 1);
        forget();
        long before = Heap.usedBytes();
        round(avatars, directory, 2);
        forget();
        heapGrowth = Heap.usedBytes() - before;
        blockingCalls = blocking.seen();
    }

    @AfterAll
    void stop() {
        server.stop();
        did.stop();
    }

    @Test
    void everyRenderEnds() {
        assertThat(ends).extracting(RenderEnd::key).doesNotHaveDuplicates().hasSize(2 * RENDERS);
    }

    /** There is a retry and a second provider; what is left over is bad luck at both, and a slow machine's timeouts. */
    @Test
    void mostRendersGiveAVideo() {
        assertThat(ends.stream().filter(end -> end.provider() != null).count())
                .as("videos; the rest: " + failures())
                .isGreaterThan(2 * RENDERS * 3 / 4);
    }

    @Test
    void bothProvidersAreNeeded() {
        assertThat(ends).extracting(RenderEnd::provider).contains(SadTalkerAvatarProvider.ID, DidAvatarProvider.ID);
    }

    @Test
    void noRenderIsChargedTwice() {
        assertThat(talks)
                .allSatisfy(talk -> assertThat(talk.userData()).isNotNull())
                .extracting(FakeTalk::userData)
                .doesNotHaveDuplicates();
    }

    @Test
    void noRenderIsChargedThatTheFirstProviderHasDelivered() {
        Set<String> delivered = ends.stream()
                .filter(end -> SadTalkerAvatarProvider.ID.equals(end.provider()))
                .map(RenderEnd::key)
                .collect(Collectors.toSet());

        assertThat(talks).extracting(FakeTalk::userData).doesNotContainAnyElementsOf(delivered);
    }

    @Test
    void noRenderIsDoneTwiceByTheServer() {
        assertThat(jobs)
                .allSatisfy(job -> assertThat(job.key()).isNotNull())
                .extracting(FakeJob::key)
                .doesNotHaveDuplicates();
    }

    @Test
    void noThreadIsBlocked() {
        assertThat(blockingCalls).isEmpty();
    }

    @Test
    void heapStaysFlat() {
        assertThat(heapGrowth).as("bytes more than after the first thousand").isLessThan(HEAP_GROWTH);
    }

    private AvatarClient client() {
        return AvatarClient.builder(
                        SadTalkerAvatarProvider.builder(server.baseUrl()).build())
                .fallbacks(List.of(DidAvatarProvider.builder(() -> FakeDid.API_KEY)
                        .baseUrl(did.baseUrl())
                        .build()))
                .pollInterval(Duration.ofMillis(50), Duration.ofMillis(200))
                .circuitBreakers(breakers())
                // One only, so that some renders have to go to the second provider.
                .retries(1, Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1))
                .build();
    }

    /**
     * With a thousand at once, the usual window of 20 calls is a blink, in which 10 can fail by chance. Without locks, as
     * the client's own: event loops must not wait for each other.
     */
    private static CircuitBreakerRegistry breakers() {
        return CircuitBreakerRegistry.of(Map.of(
                "avatar",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                400, 200, SlidingWindowType.COUNT_BASED, SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .build()));
    }

    private void round(AvatarClient avatars, Path directory, int number) {
        server.faults(faults(42L * number));
        did.faults(faults(43L * number));
        ends.addAll(Objects.requireNonNull(Flux.range(0, RENDERS)
                .map(i -> "render-%d-%d".formatted(number, i))
                .flatMap(key -> render(avatars, key, directory.resolve(key + ".mp4")), RENDERS)
                .collectList()
                .block(PATIENCE)));
        jobs.addAll(server.jobs());
        talks.addAll(did.talks());
    }

    private Mono<RenderEnd> render(AvatarClient avatars, String key, Path file) {
        return avatars.render(request(key))
                .flatMap(video -> avatars.download(video, file).thenReturn(new RenderEnd(key, video.provider(), null)))
                .onErrorResume(AvatarException.class, failure -> Mono.just(new RenderEnd(key, null, failure.kind())));
    }

    /** One in four is uploaded. */
    private AvatarRequest request(String key) {
        boolean upload = key.hashCode() % 4 == 0;
        return AvatarRequest.builder(upload ? portrait : url("portrait.png"), upload ? speech : url("speech.wav"))
                .idempotencyKey(key)
                .build();
    }

    private static MediaSource url(String file) {
        return MediaSource.url(URI.create("https://media.example.com/" + file));
    }

    /** What can go wrong on the way, before and after the other side has understood. */
    private static FaultPlan faults(long seed) {
        return FaultPlan.random(
                seed,
                FAULTY,
                Fault.status(500),
                Fault.status(503),
                Fault.status(429).retryAfter(Duration.ofSeconds(1)),
                Fault.resetBeforeAccepting(),
                Fault.resetAfterAccepting(),
                Fault.statusAfterAccepting(502),
                Fault.delay(Duration.ofMillis(200)));
    }

    private void forget() {
        server.reset();
        did.reset();
    }

    private String failures() {
        return ends.stream()
                .filter(end -> end.kind() != null)
                .collect(Collectors.groupingBy(end -> String.valueOf(end.kind()), Collectors.counting()))
                .toString();
    }
}
