package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class BreakersTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final String SUBMIT = "avatar-sadtalker-submit";
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final VirtualTime time = new VirtualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    private final ScriptedAvatarProvider gpu = ScriptedAvatarProvider.ofOurs("sadtalker");
    private final ScriptedAvatarProvider paid = ScriptedAvatarProvider.ofPaid("d-id");

    @Test
    void stuckProviderOpensTheBreakerWithinItsWindowAndClosesItAfterRecovery() {
        AvatarClient client = client(registry).build();
        gpu.submit = Mono.never();
        for (int render = 0; render < 5; render++) {
            assertThat(breaker(SUBMIT).getState()).isEqualTo(State.CLOSED);
            renderStuck(client);
        }
        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.OPEN);
        assertThat(breaker(SUBMIT).getMetrics().getNumberOfFailedCalls()).isEqualTo(5);

        time.pass(OPEN.plusMillis(1));
        gpu.submit = null;
        for (int probe = 0; probe < 3; probe++) {
            assertThat(breaker(SUBMIT).getState()).isNotEqualTo(State.CLOSED);
            gpu.thenCompletes();
            StepVerifier.create(client.render(REQUEST))
                    .then(() -> time.pass(Duration.ofSeconds(1)))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void halfOpenBreakerLetsThreeProbesThroughAndNoMore() {
        AvatarClient client = client(registry).build();
        open(client);
        time.pass(OPEN.plusMillis(1));
        int before = gpu.submitted.size();
        Sinks.One<AvatarJob> answer = Sinks.one();
        gpu.submit = answer.asMono();
        Disposable.Composite probes = Disposables.composite();
        for (int probe = 0; probe < 3; probe++) {
            probes.add(client.watch(REQUEST).onErrorComplete().subscribe());
        }
        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.HALF_OPEN);

        StepVerifier.create(client.watch(REQUEST))
                .expectErrorMessage("the circuit breaker 'avatar-sadtalker-submit' is open")
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(before + 3);
        probes.dispose();
    }

    @Test
    void failedProbesOpenTheBreakerAgain() {
        AvatarClient client = client(registry).build();
        open(client);
        time.pass(OPEN.plusMillis(1));

        for (int probe = 0; probe < 3; probe++) {
            StepVerifier.create(client.watch(REQUEST)).expectError().verify(PATIENCE);
        }

        assertThat(gpu.submitted).hasSize(8);
        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.OPEN);
    }

    @Test
    void openBreakerIsToldWithoutACallAndCountsNothing() {
        AvatarClient client = client(registry).build();
        open(client);
        int calls = gpu.submitted.size();

        StepVerifier.create(client.watch(REQUEST))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .hasMessage("the circuit breaker 'avatar-sadtalker-submit' is open")
                        .isInstanceOfSatisfying(AvatarException.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
                            assertThat(failure.retryAfter()).isEqualTo(OPEN);
                        }))
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(calls);
        assertThat(breaker(SUBMIT).getMetrics().getNumberOfFailedCalls()).isEqualTo(5);
    }

    @Test
    void providerBehindAnOpenBreakerIsPassedOver() {
        AvatarClient client = client(registry).fallbacks(List.of(paid)).build();
        breaker(SUBMIT).transitionToOpenState();
        paid.thenCompletes();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .assertNext(video -> assertThat(video.attempts())
                        .first()
                        .isEqualTo(AvatarAttempt.skipped(
                                gpu.id(),
                                FailureKind.UNAVAILABLE,
                                "the circuit breaker 'avatar-sadtalker-submit' is open")))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(gpu.submitted).isEmpty();
    }

    @Test
    void breakerThatOpensBetweenRetriesDoesNotHideWhatTheProviderSaid() {
        gpu.submit = Mono.error(gpu.failure(FailureKind.UNAVAILABLE));
        AvatarClient client = client(registry)
                .retries(9, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30))
                .build();

        StepVerifier.create(client.watch(REQUEST))
                .then(() -> time.pass(Duration.ofSeconds(30)))
                .expectErrorMessage("scripted UNAVAILABLE")
                .verify(PATIENCE);

        assertThat(gpu.submitted).hasSize(5);
    }

    @Test
    void refusalsThatSpeakForTheProviderLeaveTheBreakerAlone() {
        AvatarClient client = client(registry).build();
        gpu.submit = Mono.error(gpu.failure(FailureKind.INVALID_REQUEST));

        for (int render = 0; render < 20; render++) {
            StepVerifier.create(client.watch(REQUEST)).expectError().verify(PATIENCE);
        }

        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.CLOSED);
        assertThat(breaker(SUBMIT).getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void providerThatAcceptsEverythingAndRendersNothingOpensTheBreaker() {
        AvatarClient client = client(registry).build();

        for (int render = 0; render < 5; render++) {
            gpu.thenFinds(ScriptedAvatarProvider.failed(
                    gpu.id(), AvatarJobStatus.ERROR, FailureKind.RENDER_FAILED, "no CUDA device"));
            StepVerifier.create(client.render(REQUEST))
                    .then(() -> time.pass(Duration.ofSeconds(1)))
                    .expectError()
                    .verify(PATIENCE);
        }

        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.OPEN);
    }

    @Test
    void openBreakerOfLooksDoesNotUseUpThePatienceWithAJob() {
        AvatarClient client = client(registry).maxPollFailures(2).build();

        StepVerifier.create(client.render(REQUEST))
                .then(() -> breaker("avatar-sadtalker-find").transitionToOpenState())
                .then(() -> time.pass(OPEN.plusMillis(1)))
                .then(() -> assertThat(gpu.found).isEmpty())
                .then(gpu::thenCompletes)
                .then(() -> time.pass(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(gpu.cancelled).isEmpty();
    }

    @Test
    void eachProviderAndOperationHasABreakerOfItsOwn() {
        client(registry).fallbacks(List.of(paid)).build();

        assertThat(registry.getAllCircuitBreakers())
                .extracting(CircuitBreaker::getName)
                .containsExactlyInAnyOrder(
                        "avatar-sadtalker-submit",
                        "avatar-sadtalker-find",
                        "avatar-sadtalker-cancel",
                        "avatar-sadtalker-download",
                        "avatar-d-id-submit",
                        "avatar-d-id-find",
                        "avatar-d-id-cancel",
                        "avatar-d-id-download");
    }

    @Test
    void hasDefaultsOfItsOwn() {
        client(registry).build();

        CircuitBreakerConfig config = breaker(SUBMIT).getCircuitBreakerConfig();
        assertThat(config.getSlidingWindowSize()).isEqualTo(20);
        assertThat(config.getMinimumNumberOfCalls()).isEqualTo(5);
        assertThat(config.getFailureRateThreshold()).isEqualTo(50);
        assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(3);
    }

    @Test
    void instanceWinsOverSharedConfigurationWinsOverDefaults() {
        CircuitBreakerRegistry configured =
                CircuitBreakerRegistry.of(Map.of("default", window(10), "avatar", window(100)));
        configured.circuitBreaker(SUBMIT, window(1000));

        client(configured).build();

        assertThat(window(configured, SUBMIT)).isEqualTo(1000);
        assertThat(window(configured, "avatar-sadtalker-find")).isEqualTo(100);
    }

    @Test
    void defaultConfigurationOfTheRegistryIsForOtherPeoplesBreakers() {
        CircuitBreakerRegistry configured = CircuitBreakerRegistry.of(window(10));

        client(configured).build();

        assertThat(window(configured, SUBMIT)).isEqualTo(20);
    }

    @Test
    void configurationNamedLikeTheBreakerWinsOverTheSharedOne() {
        CircuitBreakerRegistry configured =
                CircuitBreakerRegistry.of(Map.of(SUBMIT, window(1000), "avatar", window(100)));

        client(configured).build();

        assertThat(window(configured, SUBMIT)).isEqualTo(1000);
        assertThat(window(configured, "avatar-sadtalker-find")).isEqualTo(100);
    }

    @Test
    void whatCountsIsTheKindsToSayWhateverIsConfigured() {
        registry.circuitBreaker(
                SUBMIT,
                CircuitBreakerConfig.custom()
                        .recordExceptions(IOException.class)
                        .ignoreExceptions(RuntimeException.class)
                        .build());
        AvatarClient client = client(registry).build();
        gpu.thenRefuses(FailureKind.UNAVAILABLE).thenRefuses(FailureKind.AUTHENTICATION);

        StepVerifier.create(client.watch(REQUEST)).expectError().verify(PATIENCE);
        StepVerifier.create(client.watch(REQUEST)).expectError().verify(PATIENCE);

        assertThat(breaker(SUBMIT).getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
        assertThat(breaker(SUBMIT).getMetrics().getNumberOfSuccessfulCalls()).isZero();
    }

    @Test
    void clientsOfOneRegistryShareTheBreakers() {
        client(registry).build();
        CircuitBreaker first = breaker(SUBMIT);

        client(registry).build();

        assertThat(breaker(SUBMIT)).isSameAs(first);
    }

    @Test
    void changesOfStateAreLogged() {
        Logger logger = (Logger) LoggerFactory.getLogger(Breakers.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
        try {
            client(registry).build();
            breaker(SUBMIT).transitionToOpenState();
            breaker(SUBMIT).transitionToHalfOpenState();
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        Tuple.tuple(Level.WARN, "Circuit breaker avatar-sadtalker-submit opened; it was CLOSED"),
                        Tuple.tuple(
                                Level.INFO, "Circuit breaker avatar-sadtalker-submit is HALF_OPEN now; it was OPEN"));
    }

    private AvatarClientBuilder client(CircuitBreakerRegistry registry) {
        return AvatarClient.builder(gpu)
                .circuitBreakers(registry)
                .pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .callTimeout(CALL_TIMEOUT)
                .retries(0, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30))
                .scheduler(time.scheduler())
                .clock(time);
    }

    private void renderStuck(AvatarClient client) {
        StepVerifier.create(client.render(REQUEST))
                .then(() -> time.pass(CALL_TIMEOUT))
                .expectErrorMessage("no answer to the submit within PT10S")
                .verify(PATIENCE);
    }

    private void open(AvatarClient client) {
        gpu.submit = Mono.error(gpu.failure(FailureKind.UNAVAILABLE));
        for (int render = 0; render < 5; render++) {
            StepVerifier.create(client.watch(REQUEST)).expectError().verify(PATIENCE);
        }
        assertThat(breaker(SUBMIT).getState()).isEqualTo(State.OPEN);
    }

    private CircuitBreaker breaker(String name) {
        return registry.find(name).orElseThrow();
    }

    private static CircuitBreakerConfig window(int size) {
        return CircuitBreakerConfig.custom().slidingWindowSize(size).build();
    }

    private static int window(CircuitBreakerRegistry registry, String name) {
        return registry.find(name).orElseThrow().getCircuitBreakerConfig().getSlidingWindowSize();
    }
}
